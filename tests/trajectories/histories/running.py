"""What people try while a trajectory runs: talks, notes, components, steps."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from portal import clock
from tests.factories.database import as_owner
from tests.trajectories.histories.book import Note
from tests.trajectories.histories.living import Living, act
from trajectories import services
from trajectories.enums import Notebook, Status, TalkKind, TalkState
from trajectories.models import Conversation

STANDARD = ("self_analysis", "instrument_package", "plan_support", "labour_market_orientation")
RUNS = (Status.IN_PROGRESS, Status.ON_HOLD)


class Running(Living):
    """From the start to the closing."""

    @act(*RUNS, weight=2)
    def plan_talk(self, data: Any) -> None:
        who, reason = self.one_of_two(data), data.draw(st.sampled_from(("", "Nodig.")), label="extra")
        kind = data.draw(st.sampled_from((TalkKind.TALK, TalkKind.FINAL)), label="kind")
        starts = clock.now() + timedelta(days=3, hours=self.next_number())
        was_full = self.book.is_full

        def try_it(actor: Any, case: Any) -> None:
            times = {"starts_at": starts, "ends_at": starts + timedelta(minutes=30), "extra_reason": reason}
            services.plan_conversation(actor=actor, trajectory=case, kind=kind, version=case.version, **times)

        if self.attempt(who, try_it):
            assert not was_full or (who == "advisor" and reason), "one more than agreed without a reason"
            assert self.status == Status.IN_PROGRESS
            self.note_talks(more=1)

    @act(*RUNS, weight=2)
    def plan_on_an_old_page(self, data: Any) -> None:
        who, age = self.one_of_two(data), data.draw(st.integers(1, 3), label="age")
        starts = clock.now() + timedelta(days=3, hours=self.next_number())
        version = self.seen.case.version - age

        def try_it(actor: Any, case: Any) -> None:
            times: dict[str, Any] = {"starts_at": starts, "ends_at": starts + timedelta(minutes=30)}
            services.plan_conversation(
                actor=actor, trajectory=case, version=version, extra_reason="Nodig.", **times
            )

        assert not self.attempt(who, try_it), "an old page was taken for the present one"

    @act(*RUNS, Status.CLOSING, Status.STOPPED_EARLY, weight=2)
    def settle_talk(self, data: Any) -> None:
        how = data.draw(st.sampled_from(("held", "held", "missed", "cancelled")), label="how")
        with as_owner():
            planned = Conversation.objects.filter(trajectory=self.pk, state=TalkState.PLANNED)
            talk = planned.exclude(kind=TalkKind.INTAKE).select_related("trajectory").first()
        if talk is None:
            return
        who, agreed = self.one_of_two(data), f"Afspraak {self.next_number()}"

        def try_it(actor: Any, _case: Any) -> None:
            if how == "cancelled":
                services.cancel_conversation(actor=actor, talk=talk, sequence=talk.sequence)
            elif how == "missed":
                services.record_absence(actor=actor, talk=talk, sequence=talk.sequence)
            else:
                services.record_conversation(actor=actor, talk=talk, agreed=agreed, sequence=talk.sequence)

        if not self.attempt(who, try_it):
            return
        del self.book.planned[talk.pk]
        if how != "cancelled":
            assert who == "advisor"
            assert talk.starts_at.astimezone(clock.AMSTERDAM).date() <= clock.today(), "before it had been"
        if how == "held":
            self.book.held.append(talk.kind)
            self._wrote(Notebook.SHARED, agreed, who)

    @act(weight=2)
    def write(self, data: Any) -> None:
        who = self.one_of_two(data, data.draw(st.sampled_from(("participant", "advisor")), label="whose"))
        kind = data.draw(st.sampled_from(list(Notebook)), label="notebook")
        text = f"Notitie {self.next_number()}"

        def try_it(actor: Any, case: Any) -> None:
            services.write_note(actor=actor, trajectory=case, kind=kind, text=text)

        if self.attempt(who, try_it):
            assert kind in (Notebook.SHARED, f"own_{who}"), "written in another's notebook"
            self._wrote(kind, text, who)

    def _wrote(self, kind: str, text: str, who: str) -> None:
        self.book.notes.append(Note(kind, text, self.people[who].pk, self.book.era))

    @act(*RUNS)
    def add_step(self, data: Any) -> None:
        def try_it(actor: Any, case: Any) -> None:
            plan = services.set_plan(actor=actor, trajectory=case, letter="A", title="Plan")
            services.add_step(actor=actor, plan=plan, text="Bellen")

        done = self.attempt(self.one_of_two(data, "participant"), try_it)
        self.book.has_step = done or self.book.has_step

    @act(*RUNS, weight=2)
    def settle_components(self, data: Any) -> None:
        who, is_whole = self.one_of_two(data), data.draw(st.booleans(), label="is_whole")
        busy = data.draw(st.sampled_from(STANDARD), label="busy")
        states = dict.fromkeys(STANDARD, ("done", ""))
        if not is_whole:
            states[busy] = ("busy", "")

        def try_it(actor: Any, case: Any) -> None:
            services.settle_components(actor=actor, trajectory=case, states=states, version=case.version)

        if self.attempt(who, try_it):
            self.book.components = is_whole
