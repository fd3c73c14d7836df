"""What people try about who advises: asking for another, handing over, letting read back."""

from typing import Any

from hypothesis import strategies as st

from tests.factories.database import as_owner
from tests.trajectories.histories.living import Living, act
from trajectories import services
from trajectories.enums import Status
from trajectories.models import Handover

OPEN = tuple(
    status
    for status in Status
    if status
    not in (
        Status.CLOSED,
        Status.COMPLETED,
        Status.STOPPED_EARLY,
        Status.WITHDRAWN,
        Status.REFERRED_ELSEWHERE,
    )
)


class Advising(Living):
    """Another advisor, in the middle of whatever goes on."""

    others: list[Any]

    @act(*OPEN)
    def ask_other_advisor(self, data: Any) -> None:
        def try_it(actor: Any, case: Any) -> None:
            services.ask_other_advisor(actor=actor, trajectory=case)

        self.attempt(self.one_of_two(data, "participant"), try_it)

    @act(*OPEN)
    def hand_over(self, data: Any) -> None:
        source = self.status
        who = data.draw(st.sampled_from(("participant", "coordinator", "advisor")), label="who")
        to = data.draw(st.sampled_from(self.others), label="to")
        with as_owner():
            asked = Handover.objects.filter(trajectory=self.pk, new__isnull=True).exists()

        def try_it(actor: Any, case: Any) -> None:
            services.hand_over(actor=actor, trajectory=case, advisor=to.reference, version=case.version)

        if self.attempt(who, try_it):
            assert who == "participant" or (who == "coordinator" and asked), "handed over without a cause"
            self._changed(to.user)
            self.took(source, "system", reason="Een ander.")
            self.book.hand_over(source)

    @act(*OPEN)
    def answer_handover(self, data: Any) -> None:
        source, reads = self.status, data.draw(st.booleans(), label="reads_back")
        who, to = self.one_of_two(data, "participant"), data.draw(st.sampled_from(self.others), label="to")

        def try_it(actor: Any, case: Any) -> None:
            services.answer_handover(
                actor=actor, trajectory=case, reads_back=reads, advisor=to.reference if self.book.era else ""
            )

        if self.attempt(who, try_it):
            assert who == "participant", "answered in another's place"
            if self.seen.case.advisor != self.people["advisor"]:
                self._changed(self.seen.case.advisor)
                self.took(source, "system", reason="Een ander.")
                self.book.hand_over(source)
            self.book.reads_back = reads

    def _changed(self, advisor: Any) -> None:
        """The old one is a stranger now, and may come back."""
        self.gone = [person for person in (*self.gone, self.people["advisor"]) if person != advisor]
        self.people["advisor"] = advisor
        self.seen = self.look()
