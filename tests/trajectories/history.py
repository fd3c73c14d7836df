"""A machine that lives random histories of one trajectory and keeps its own book of what may be.

The book knows the table of moves and what happened, and nothing of the code that it judges. Time passes by
making everything older, so that the database's own day holds too.
"""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from copy import copy
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from portal import clock
from portal.delivery.models import Mail
from portal.privacy.viewer import viewing
from tests.factories.database import as_owner
from tests.factories.trajectories import RESULTS, TERMS, Story
from tests.trajectories.book import Book
from trajectories import services
from trajectories.enums import Notebook, Status, TalkKind, TalkState
from trajectories.errors import TrajectoryError
from trajectories.models import Conversation, Move, NotebookEntry, Proposal, Rating, Trajectory
from trajectories.queries.cases import dossier
from trajectories.queries.closing import results_to_rate
from trajectories.queries.facts import agreement_on_table, aspects_of

WHO = st.sampled_from(("participant", "advisor"))
ANYBODY = st.sampled_from(("participant", "advisor", "coordinator"))
TARGETS = st.sampled_from(list(Status))
REASONS = st.sampled_from(("Een reden.", "", "  "))
STANDARD = ("self_analysis", "instrument_package", "plan_support")


@dataclass(frozen=True)
class Seen:
    """What stands in the database at one moment."""

    case: Trajectory
    moves: list[tuple[str, str]]
    mails: Counter[tuple[Any, str]]

    def is_same(self, other: "Seen") -> bool:
        """Compare what a refusal may not change."""
        mine, theirs = (self.case.status, self.case.version), (other.case.status, other.case.version)
        return (mine, self.moves, self.mails) == (theirs, other.moves, other.mails)


def _matter(key: str) -> str:
    """Return what a mail is about: the case, or one conversation of it."""
    kind, reference = key.split(":")[:2]
    return f"{kind} {reference}"


class History(RuleBasedStateMachine):
    """One trajectory, three people who try what they may and may not, and passing days."""

    starts: dict[str, tuple[Story, Book]]

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.number = 0

    def teardown(self) -> None:
        try:
            self.the_moves_make_one_chain()
            self.no_note_is_lost()
            self.counted_talks_are_held_talks()
        finally:
            self._undo()

    def _undo(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    @initialize(start=st.sampled_from(("assigned", "intake_done", "in_progress", "closing", "closed")))
    def begin(self, start: str) -> None:
        told, book = self.starts[start]
        self.book = book.copy()
        self.pk = told.trajectory.pk
        self.people = {
            "participant": told.participant,
            "advisor": told.advisor.user,
            "coordinator": told.coordinator,
        }
        self.seen = self.look()

    def look(self) -> Seen:
        """Look at the case, its moves and its mail past the wall."""
        with as_owner():
            case = Trajectory.objects.select_related("participant", "advisor").get(pk=self.pk)
            moves = Move.objects.filter(trajectory=self.pk).order_by("at", "pk")
            people = [person.pk for person in self.people.values()]
            mails = Mail.objects.filter(recipient__in=people).values_list("recipient", "key")
            about = Counter((person, _matter(key)) for person, key in mails)
            return Seen(case, list(moves.values_list("source", "target")), about)

    def attempt(self, who: str, act: Callable[[Any, Trajectory], Any]) -> bool:
        """Let somebody try something; a refusal changes nothing and sends nothing."""
        before = self.seen
        try:
            with viewing(self.people[who]):
                act(self.people[who], copy(before.case))
        except TrajectoryError:
            self.seen = self.look()
            assert self.seen.is_same(before), "a refusal left something behind"
            return False
        self.seen = self.look()
        sent = self.seen.mails - before.mails
        assert all(number <= 1 for number in sent.values()), f"{sent}: somebody was told twice"
        self._again(who, act, before)
        return True

    def _again(self, who: str, act: Callable[[Any, Trajectory], Any], before: Seen) -> None:
        """The same from the same old page: nothing moves and nothing is sent."""
        with suppress(TrajectoryError), viewing(self.people[who]):
            act(self.people[who], copy(before.case))
        now = self.look()
        assert (now.mails, now.moves) == (self.seen.mails, self.seen.moves), "an old page did it again"
        self.seen = now

    def took(self, source: str, kind: str, **known: Any) -> None:
        """Hold a move that was made against the book, and write it down."""
        target = self.seen.case.status
        if target == source:
            return
        assert self.book.allows(source, target, kind=kind, **known), f"{source} -> {target} by {kind} {known}"
        self.book.arrive(source, target)

    @rule(who=ANYBODY, to=TARGETS, reason=REASONS)
    def move(self, who: str, to: Status, reason: str) -> None:
        source = self.seen.case.status
        expected = self.book.allows(source, to, kind=who, reason=reason)

        def act(actor: Any, case: Trajectory) -> None:
            services.move(actor=actor, trajectory=case, to=to, reason=reason, version=case.version)

        done = self.attempt(who, act)
        assert done <= expected, f"{source} -> {to} by {who} without a guard"
        self.took(source, who, reason=reason)

    @rule(to=st.sampled_from((Status.IN_PROGRESS, Status.REFERRED_ELSEWHERE)), reason=REASONS)
    def propose(self, to: Status, reason: str) -> None:
        self.attempt(
            "advisor",
            lambda actor, case: services.propose_move(actor=actor, trajectory=case, to=to, reason=reason),
        )

    @rule(who=WHO, agrees=st.booleans())
    def answer(self, who: str, agrees: bool) -> None:
        with as_owner():
            row = (
                Proposal.objects.filter(trajectory=self.pk, answered_at=None)
                .select_related("trajectory")
                .first()
            )
        if row is None:
            return
        source = self.seen.case.status
        self.attempt(
            who, lambda actor, _case: services.answer_proposal(actor=actor, proposal=row, agrees=agrees)
        )
        self.took(source, "advisor", reason=row.reason, agreed=agrees and who == "participant")

    @rule(who=WHO)
    def plan_intake(self, who: str) -> None:
        starts, source = self._moment(), self.seen.case.status

        def act(actor: Any, case: Trajectory) -> None:
            times = {"starts_at": starts, "ends_at": starts + timedelta(minutes=30)}
            services.plan_intake(actor=actor, trajectory=case, version=case.version, **times)

        self.book.has_intake = self.book.has_intake or source == Status.REQUESTED
        if self.attempt(who, act):
            self._note_talks()
        self.took(source, who)

    @rule(who=WHO, is_whole=st.booleans())
    def record_intake(self, who: str, is_whole: bool) -> None:
        source = self.seen.case.status

        def act(actor: Any, case: Trajectory) -> None:
            keys = aspects_of(case)[: None if is_whole else 1]
            points = dict.fromkeys(keys, ("done", ""))
            services.record_intake(actor=actor, trajectory=case, aspects=points, version=case.version)

        done = self.attempt(who, act)
        self.book.is_recorded = self.book.is_recorded or (done and is_whole)
        self._note_talks()
        self.took(source, who)

    @rule(who=WHO, is_whole=st.booleans())
    def write_agreement(self, who: str, is_whole: bool) -> None:
        today = clock.today()
        values = {**TERMS, "starts_on": today, "ends_on": today + timedelta(days=90)} if is_whole else {}

        def act(actor: Any, case: Trajectory) -> None:
            services.save_agreement(
                actor=actor, trajectory=case, values=values, results=RESULTS, version=case.version
            )

        if self.attempt(who, act) and is_whole:
            self.book.has_agreement = True

    @rule(who=WHO)
    def propose_agreement(self, who: str) -> None:
        source = self.seen.case.status
        self.attempt(
            who,
            lambda actor, case: services.propose_agreement(
                actor=actor, trajectory=case, version=case.version
            ),
        )
        self.took(source, who)

    @rule(who=WHO)
    def sign(self, who: str) -> None:
        source = self.seen.case.status

        def act(actor: Any, case: Trajectory) -> None:
            table = agreement_on_table(case)
            services.sign(actor=actor, trajectory=case, digest=table.digest if table else "")

        if self.attempt(who, act):
            self.book.signed.add(who)
        self.took(source, "system")

    @rule(who=WHO, kind=st.sampled_from((TalkKind.TALK, TalkKind.FINAL)))
    def plan_talk(self, who: str, kind: TalkKind) -> None:
        starts = self._moment()

        def act(actor: Any, case: Trajectory) -> None:
            times = {"starts_at": starts, "ends_at": starts + timedelta(minutes=30)}
            services.plan_conversation(actor=actor, trajectory=case, kind=kind, version=case.version, **times)

        if self.attempt(who, act):
            self._note_talks(more=1)

    @rule(who=WHO, cancels=st.booleans())
    def settle_talk(self, who: str, cancels: bool) -> None:
        with as_owner():
            planned = Conversation.objects.filter(trajectory=self.pk, state=TalkState.PLANNED)
            talk = planned.exclude(kind=TalkKind.INTAKE).select_related("trajectory").first()
        if talk is None:
            return
        said: dict[str, Any] = {"agreed": f"Afspraak {self._next()}", "sequence": talk.sequence}

        def act(actor: Any, _case: Trajectory) -> None:
            if cancels:
                services.cancel_conversation(actor=actor, talk=talk, sequence=talk.sequence)
            else:
                services.record_conversation(actor=actor, talk=talk, **said)

        if self.attempt(who, act):
            del self.book.planned[talk.pk]
            if not cancels:
                self.book.held.append(talk.kind)
                self.book.notes.append((Notebook.SHARED, said["agreed"]))

    @rule(who=WHO, kind=st.sampled_from(list(Notebook)))
    def write(self, who: str, kind: Notebook) -> None:
        text = f"Notitie {self._next()}"
        if self.attempt(
            who, lambda actor, case: services.write_note(actor=actor, trajectory=case, kind=kind, text=text)
        ):
            self.book.notes.append((kind, text))

    @rule(who=WHO)
    def add_step(self, who: str) -> None:
        def act(actor: Any, case: Trajectory) -> None:
            plan = services.set_plan(actor=actor, trajectory=case, letter="A", title="Plan")
            services.add_step(actor=actor, plan=plan, text="Bellen")

        self.book.has_step = self.attempt(who, act) or self.book.has_step

    @rule(who=WHO, is_whole=st.booleans())
    def settle_components(self, who: str, is_whole: bool) -> None:
        states = dict.fromkeys(STANDARD if is_whole else STANDARD[:1], ("done", ""))

        def act(actor: Any, case: Trajectory) -> None:
            services.settle_components(actor=actor, trajectory=case, states=states, version=case.version)

        if self.attempt(who, act):
            self.book.components = is_whole

    @rule(who=ANYBODY)
    def rate(self, who: str) -> None:
        source = self.seen.case.status

        def act(actor: Any, case: Trajectory) -> None:
            ratings = {row.reference: "achieved" for row in results_to_rate(case)}
            services.rate_results(actor=actor, trajectory=case, ratings=ratings, version=case.version)

        if self.attempt(who, act):
            self.book.rated.add(who)
        self.took(source, "system")

    @precondition(lambda self: self.seen.case.status == Status.CLOSED)
    @rule(who=WHO)
    def discuss(self, who: str) -> None:
        answers = {"take_away": f"Antwoord {self._next()}"}
        assert self.attempt(
            who,
            lambda actor, case: services.discuss(
                actor=actor, trajectory=case, answers=answers, version=case.version
            ),
        ) or (who == "advisor" and self.book.days_closed > 30)

    @precondition(lambda self: self.seen.case.status == Status.CLOSED)
    @rule(really=st.integers(0, 3))
    def follow_up_is_over(self, really: int) -> None:
        if really == 0:
            self.attempt("participant", lambda actor, case: services.complete(actor=actor, trajectory=case))
            self.took(Status.CLOSED, "system", is_over=True)

    @rule(days=st.sampled_from((1, 8, 32)))
    def time_passes(self, days: int) -> None:
        ago = timedelta(days=days)
        dates = ("status_since", "requested_at", "started_at", "closed_at", "ended_at", "intake_at")
        with as_owner():
            Trajectory.objects.filter(pk=self.pk).update(**{name: F(name) - ago for name in dates})
            talks = Conversation.objects.filter(trajectory=self.pk)
            talks.update(starts_at=F("starts_at") - ago, ends_at=F("ends_at") - ago)
        self.book.days_closed += days
        self.seen = self.look()

    def _next(self) -> int:
        self.number += 1
        return self.number

    def _moment(self) -> Any:
        """Return a moment at which nothing else was planned."""
        return clock.now() + timedelta(days=3, hours=self._next())

    def _note_talks(self, more: int = 0) -> None:
        """Copy which talks are open, after an act that makes (`more`) or settles the intake's."""
        with as_owner():
            rows = Conversation.objects.filter(trajectory=self.pk, state=TalkState.PLANNED)
            found = {row.pk: row.kind for row in rows}
        assert len(found) <= len(self.book.planned) + max(more, 1)
        self.book.planned = found

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
        assert found == Counter(self.book.notes)

    def counted_talks_are_held_talks(self) -> None:
        """What the page counts is what was held."""
        with viewing(self.people["participant"]):
            case: Any = dossier(self.people["participant"], self.seen.case.reference)
        assert case.talks_held == len(self.book.held)

    @invariant()
    def an_advisor_from_outside_sees_no_more_after_the_end(self) -> None:
        case, ended = self.seen.case, False
        if case.ended_at:
            days = (clock.today() - case.ended_at.astimezone(clock.AMSTERDAM).date()).days
            ended = days > (30 if case.status == Status.CLOSED else 0)
        with viewing(self.people["advisor"]):
            seen = Trajectory.objects.filter(pk=self.pk).count()
            notes = NotebookEntry.objects.filter(trajectory=self.pk).exists()
        assert (seen, notes and ended) == (int(not ended), False)

    @invariant()
    def views_are_blind_until_both_are_in(self) -> None:
        with viewing(self.people["advisor"]):
            seen = Rating.objects.filter(trajectory=self.pk, side="participant").exists()
        assert not seen or self.book.rated == {"participant", "advisor"}
