"""What people try before the execution: intake, the client's points, the agreement and its signatures."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from portal import clock
from portal.delivery.jobs import handler_of
from portal.delivery.models import Job
from portal.privacy.viewer import viewing
from tests.factories.database import as_owner
from tests.factories.trajectories import RESULTS, TERMS
from tests.trajectories.histories.living import Living, act
from trajectories import services
from trajectories.enums import Status
from trajectories.enums.words import items
from trajectories.models import Conversation, PayerView
from trajectories.queries import planning
from trajectories.queries.facts import agreement_on_table, aspects_of
from trajectories.services.paying import SIGNED

EXPLAINED = "confidentiality_explained"
WHOLE = ("whole", "whole", "part", "unexplained")


class Preparing(Living):
    """From the request to the last signature."""

    @act(Status.REQUESTED, Status.INTAKE_PLANNED, weight=4)
    def plan_intake(self, data: Any) -> None:
        who = data.draw(st.sampled_from(("advisor", "advisor", "participant", "coordinator")), label="who")
        source, before = self.status, self.book.has_intake
        starts = clock.now() + timedelta(days=3, hours=self.next_number())
        is_free, had_one = data.draw(st.booleans(), label="is_free"), "intake" in self.book.planned.values()

        def try_it(actor: Any, case: Any) -> None:
            times: dict[str, Any] = {"starts_at": starts, "ends_at": starts + timedelta(minutes=30)}
            if is_free and who == "participant" and (spans := planning.agenda(case).free()):
                times = {"starts_at": spans[0].starts_at, "ends_at": spans[0].ends_at}
            services.plan_intake(actor=actor, trajectory=case, version=case.version, **times)

        self.book.has_intake = True
        if self.attempt(who, try_it):
            assert not had_one, "two intakes at once"
            assert who != "participant" or is_free, "at a time that is not free"
            self.note_talks(more=1)
        else:
            self.book.has_intake = before
        self.took(source, who)

    @act(Status.INTAKE_PLANNED, weight=4)
    def record_intake(self, data: Any) -> None:
        who, how = self.one_of_two(data), data.draw(st.sampled_from(WHOLE), label="how")
        source, left_out = self.status, ""
        if how == "part":
            left_out = data.draw(st.sampled_from(list(aspects_of(self.seen.case))), label="left_out")

        def try_it(actor: Any, case: Any) -> None:
            points = {key: ("done", "") for key in aspects_of(case) if key != left_out}
            if how == "unexplained":
                points[EXPLAINED] = ("skipped", "Later.")
            services.record_intake(actor=actor, trajectory=case, aspects=points, version=case.version)

        # Held against the book as it would be afterwards: a refusal keeps nothing of it.
        before = self.book.is_recorded, self.book.is_explained
        self.book.is_recorded = not left_out
        self.book.is_explained = how != "unexplained" and left_out != EXPLAINED
        if not self.attempt(who, try_it):
            self.book.is_recorded, self.book.is_explained = before
        self.note_talks()
        self.took(source, who)

    @act(Status.INTAKE_PLANNED, weight=2)
    def nobody_came(self, data: Any) -> None:
        with as_owner():
            planned = Conversation.objects.filter(trajectory=self.pk, kind="intake", state="planned")
            talk = planned.select_related("trajectory").first()
        if talk is None:
            return
        who = self.one_of_two(data)
        if self.attempt(who, lambda actor, _case: services.record_absence(actor=actor, talk=talk)):
            assert who == "advisor"
            assert talk.starts_at <= clock.now(), "before it had been"
            self.note_talks()

    @act(Status.INTAKE_DONE, Status.CLIENT_ALIGNMENT, weight=2)
    def agree_points(self, data: Any) -> None:
        who, is_whole = self.one_of_two(data), data.draw(st.booleans(), label="is_whole")
        source = self.status

        def try_it(actor: Any, case: Any) -> None:
            keys = list(items("intake", "client_alignment_points"))[: None if is_whole else 1]
            points = {key: (f"Afgesproken: {key}.", True) for key in keys}
            services.record_client_points(actor=actor, trajectory=case, points=points, version=case.version)

        if self.attempt(who, try_it):
            self.book.points_agreed = is_whole
        self.took(source, who)

    @act(Status.INTAKE_DONE, Status.CLIENT_ALIGNMENT, weight=2)
    def write_agreement(self, data: Any) -> None:
        who, how = self.one_of_two(data), data.draw(st.sampled_from((*WHOLE, "paid")), label="how")
        today = clock.today()
        values = {**TERMS, "starts_on": today, "ends_on": today + timedelta(days=90), "payer": "central"}
        if how == "part":
            values["replacement"] = ""
        if how == "paid":
            values |= {"payer": "department", "cost": 900}

        def try_it(actor: Any, case: Any) -> None:
            results = () if how == "unexplained" else RESULTS
            services.save_agreement(
                actor=actor, trajectory=case, values=values, results=results, version=case.version
            )

        if self.attempt(who, try_it):
            self.book.has_agreement = how in ("whole", "paid")
            self.book.has_payer = how == "paid"
            self.book.agreed_talks = TERMS["talks"]

    @act(Status.INTAKE_DONE, Status.CLIENT_ALIGNMENT, weight=3)
    def propose_agreement(self, data: Any) -> None:
        who, source = self.one_of_two(data), self.status

        def try_it(actor: Any, case: Any) -> None:
            services.propose_agreement(actor=actor, trajectory=case, version=case.version)

        self.attempt(who, try_it)
        self.took(source, who)

    @act(Status.AGREEMENT_PROPOSED, weight=4)
    def sign(self, data: Any) -> None:
        who, source = self.one_of_two(data, "participant"), self.status

        def try_it(actor: Any, case: Any) -> None:
            table = agreement_on_table(case)
            services.sign(actor=actor, trajectory=case, digest=table.digest if table else "")

        if self.attempt(who, try_it):
            self.book.signed.add(who)
        self.took(source, "system")

    @act(Status.AGREEMENT_PROPOSED)
    def payer_signs(self, data: Any) -> None:
        with as_owner():
            row = PayerView.objects.filter(trajectory=self.pk).order_by("-number").first()
        if row is None:
            return
        source = self.status

        def try_it(actor: Any, _case: Any) -> None:
            services.sign_as_payer(actor=actor, view=row, digest=row.digest)

        self.book.has_paid = self.attempt("payer", try_it) or self.book.has_paid
        with as_owner():
            jobs = list(Job.objects.filter(name=SIGNED, object_id=str(self.pk)))
        for job in jobs:
            with viewing(self.people["participant"]):
                handler_of(SIGNED)(job)
        self.seen = self.look()
        self.took(source, "system")
