"""The machine: where a history begins, what happens in it, and what must hold all along."""

from collections import Counter
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from portal import clock
from portal.privacy.viewer import viewing
from tests.factories.database import as_owner
from tests.trajectories.histories.advising import Advising
from tests.trajectories.histories.ending import Ending
from tests.trajectories.histories.living import ACTS
from tests.trajectories.histories.preparing import Preparing
from tests.trajectories.histories.running import Running
from tests.trajectories.histories.starts import STARTS
from tests.trajectories.histories.walks import Begun
from trajectories.enums import Status
from trajectories.models import Conversation, IntendedResult, NotebookEntry, Rating, Trajectory
from trajectories.queries.cases import dossier_with_standing

STRAY = 8


class History(Preparing, Running, Ending, Advising):
    """One trajectory, its people, those who advised it before, and passing days."""

    begun: dict[str, Begun]
    names: tuple[str, ...] = tuple(STARTS)
    lived: Counter[str] = Counter()

    def teardown(self) -> None:
        try:
            self.lived["histories"] += 1
            self.the_moves_make_one_chain()
            self.no_note_is_lost()
            self.counted_talks_are_held_talks()
        finally:
            self.undo()

    @initialize(data=st.data())
    def begin(self, data: Any) -> None:
        start = STARTS[data.draw(st.sampled_from(self.names), label="start")]
        begun = self.begun[start.walk]
        self.pk, self.people, self.gone = begun.pk, dict(begun.people), []
        self.others, self.book = begun.others, begun.book.copy()
        start.change(self)
        self.seen = self.look()
        assert self.status == start.status

    @rule(data=st.data())
    def something(self, data: Any) -> None:
        """Mostly what is at home in this phase, now and then what is not."""
        self.lived["steps"] += 1
        stray = data.draw(st.integers(1, STRAY), label="stray") == STRAY
        fitting = [
            name
            # The weightiest first: what comes first is drawn most.
            for name, (_act, phases, weight) in sorted(ACTS.items(), key=lambda row: -row[1][2])
            for _ in range(weight)
            if stray or self.status in phases
        ]
        name = data.draw(st.sampled_from(fitting), label="act")
        self.lived[name] += 1
        ACTS[name][0](self, data)

    def the_moves_make_one_chain(self) -> None:
        """Each move starts where the one before ended."""
        moves = self.seen.moves
        assert [source for source, _target in moves] == ["", *(target for _source, target in moves[:-1])]
        assert moves[-1][1] == self.seen.case.status

    def no_note_is_lost(self) -> None:
        """Every note is still there, once."""
        with as_owner():
            rows = NotebookEntry.objects.filter(trajectory=self.pk)
            found = Counter((row.kind, row.text) for row in rows)
        assert found == Counter((note.kind, note.text) for note in self.book.notes)

    def counted_talks_are_held_talks(self) -> None:
        """What the page counts is what was held."""
        with viewing(self.people["participant"]):
            case: Any = dossier_with_standing(self.people["participant"], self.seen.case.reference)
        assert case.talks_held == len(self.book.held)

    @invariant()
    def everybody_sees_what_is_theirs(self) -> None:
        case, ended = self.seen.case, False
        if case.ended_at:
            days = (clock.today() - case.ended_at.astimezone(clock.AMSTERDAM).date()).days
            ended = days > (30 if case.status == Status.CLOSED else 0)
        for kind in ("participant", "advisor"):
            person = self.people[kind]
            with viewing(person):
                seen = Trajectory.objects.filter(pk=self.pk).count()
                notes = sorted(row.text for row in NotebookEntry.objects.filter(trajectory=self.pk))
            sees = kind == "participant" or (not ended and "advisor" not in self.book.holes)
            assert seen == int(sees), f"{kind} sees {seen} of the case"
            assert notes == (self.book.seen_by(kind, person.pk) if sees else []), kind

    @invariant()
    def who_advised_before_sees_nothing(self) -> None:
        for person in self.gone:
            with viewing(person):
                assert not Trajectory.objects.filter(pk=self.pk).exists()
                assert not NotebookEntry.objects.filter(trajectory=self.pk).exists()

    @invariant()
    def views_are_blind_until_both_are_in(self) -> None:
        if self.book.rated == {"participant", "advisor"} or self.status != Status.CLOSING:
            return
        for kind, other in (("advisor", "participant"), ("participant", "advisor")):
            with viewing(self.people[kind]):
                current = Rating.objects.filter(trajectory=self.pk, round=self.seen.case.round)
                assert not current.filter(side=other).exists(), f"{kind} sees the other's view"
                # Asked without their ratings, whose wall would hide them as well.
                named = IntendedResult.objects.filter(pk__in=self._named_by(other))
                assert not named.exists(), f"{kind} sees what the other named"

    def _named_by(self, kind: str) -> list[int]:
        """Return the unplanned results that one side named in this round, past the wall."""
        with as_owner():
            named = IntendedResult.objects.filter(
                trajectory=self.pk, named_by=self.people[kind], ratings__round=self.seen.case.round
            )
            return list(named.values_list("pk", flat=True))

    @invariant()
    def nothing_is_planned_in_a_case_that_is_over(self) -> None:
        if self.seen.case.ended_at:
            with as_owner():
                coming = Conversation.objects.filter(
                    trajectory=self.pk, state="planned", starts_at__gt=clock.now()
                )
                assert not coming.exists()
