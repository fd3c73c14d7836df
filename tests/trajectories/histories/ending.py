"""What people try at the end: closing, views, stopping, opening again, and what follows by itself."""

from datetime import timedelta
from typing import Any

from django.db.models import F
from hypothesis import strategies as st

from evaluations.models import Invitation
from evaluations.services.sending import send_due
from portal import clock
from portal.delivery.enums import JobState
from portal.delivery.jobs import handler_of
from portal.delivery.models import Job
from portal.privacy.viewer import viewing
from tests.factories.database import as_owner
from tests.trajectories.histories.book import MOVES, REOPENING_DAYS
from tests.trajectories.histories.living import Living, act
from trajectories import services
from trajectories.enums import Status
from trajectories.models import Conversation, Proposal, Trajectory
from trajectories.queries.closing import results_to_rate
from trajectories.services.moving import advance, lock

ANYBODY = ("participant", "advisor", "coordinator")
# What only follows by itself, and asks for nothing that a person says.
BY_ITSELF = (Status.IN_PROGRESS, Status.CLOSED, Status.COMPLETED)


class Ending(Living):
    """Moves by the table, the closing, and the floor above."""

    @act(weight=6)
    def move(self, data: Any) -> None:
        source, reason = self.status, self.reason(data)
        legal = [target for start, target in MOVES if start == source]
        strange = data.draw(st.integers(0, 6), label="strange") == 6
        to = data.draw(st.sampled_from(list(Status) if strange or not legal else legal), label="to")
        fitting = [kind for kind in MOVES.get((source, to), {"actor": ()})["actor"] if kind != "system"]
        who = data.draw(st.sampled_from([*fitting, *fitting, *ANYBODY]), label="who")
        expected = self.book.allows(source, to, kind=who, reason=reason)

        def try_it(actor: Any, case: Any) -> None:
            services.move(actor=actor, trajectory=case, to=to, reason=reason, version=case.version)

        done = self.attempt(who, try_it)
        assert done <= expected, f"{source} -> {to} by {who} without a guard"
        self.took(source, who, reason=reason)

    @act(Status.AGREEMENT_PROPOSED, Status.CLOSING, Status.CLOSED)
    def by_itself(self, data: Any) -> None:
        source, to = self.status, data.draw(st.sampled_from(BY_ITSELF), label="to")

        def try_it(actor: Any, case: Any) -> None:
            advance(lock(actor, case, case.version), actor=actor, to=to)

        self.attempt("participant", try_it)
        self.took(source, "system")

    @act(Status.CLOSED, Status.INTAKE_DONE, Status.IN_PROGRESS)
    def propose(self, data: Any) -> None:
        to = data.draw(st.sampled_from((Status.IN_PROGRESS, Status.REFERRED_ELSEWHERE)), label="to")
        reason = self.reason(data)

        def try_it(actor: Any, case: Any) -> None:
            services.propose_move(actor=actor, trajectory=case, to=to, reason=reason)

        self.attempt(self.one_of_two(data), try_it)

    @act(Status.CLOSED, Status.INTAKE_DONE, Status.IN_PROGRESS)
    def answer(self, data: Any) -> None:
        with as_owner():
            rows = Proposal.objects.filter(trajectory=self.pk, answered_at=None)
            row = rows.select_related("trajectory").first()
        if row is None:
            return
        who, agrees = self.one_of_two(data, "participant"), data.draw(st.booleans(), label="agrees")
        source = self.status

        def try_it(actor: Any, _case: Any) -> None:
            services.answer_proposal(actor=actor, proposal=row, agrees=agrees)

        assert self.attempt(who, try_it) <= (who == "participant"), "answered in another's place"
        self.took(source, "advisor", reason=row.reason, agreed=agrees)

    @act(Status.CLOSING, weight=4)
    def rate(self, data: Any) -> None:
        source = self.status
        who = data.draw(
            st.sampled_from(("participant", "participant", "advisor", "coordinator")), label="who"
        )
        extra = data.draw(st.sampled_from(("", "Een netwerk.")), label="unplanned")

        def try_it(actor: Any, case: Any) -> None:
            ratings = {row.reference: "achieved" for row in results_to_rate(case)}
            services.rate_results(
                actor=actor, trajectory=case, ratings=ratings, unplanned=extra, version=case.version
            )

        if self.attempt(who, try_it):
            self.book.rated.add(who)
            self.book.days_asked = 0 if who == "advisor" else self.book.days_asked
        self.took(source, "system")

    @act(Status.CLOSING, weight=3)
    def close_alone(self, data: Any) -> None:
        source, who = self.status, self.one_of_two(data)

        def try_it(actor: Any, case: Any) -> None:
            services.close_alone(actor=actor, trajectory=case, version=case.version)

        self.book.is_silent = who == "advisor"
        done = self.attempt(who, try_it)
        assert done == (source == Status.CLOSING and self.book.closes_alone), (
            "closed too soon, or not when it may"
        )
        self.took(source, "system")
        self.book.is_silent = False

    @act(Status.CLOSING, Status.CLOSED)
    def discuss(self, data: Any) -> None:
        who, answers = self.one_of_two(data), {"take_away": f"Antwoord {self.next_number()}"}

        def try_it(actor: Any, case: Any) -> None:
            services.discuss(actor=actor, trajectory=case, answers=answers, version=case.version)

        done = self.attempt(who, try_it)
        sees = who == "participant" or self.book.days_closed <= REOPENING_DAYS
        both = self.book.rated == {"participant", "advisor"}
        assert done == (self.status == Status.CLOSED and sees and both)

    @act(weight=2)
    def work_off(self, data: Any) -> None:
        """The worker does what waits for this case, and scans for what is due."""
        source, before = self.status, self.seen
        self.do_jobs()
        with as_owner():
            send_due(as_of=clock.today(), participant=self.people["participant"])
        self.seen = self.look()
        sent = self.seen.mails - before.mails
        assert all(number <= 1 for number in sent.values()), f"{sent}: somebody was told twice"
        self.note_talks()
        self.took(source, "system", is_over=True)
        self._hold_surveys()

    def do_jobs(self) -> None:
        """Do what waits for the worker, as whom it waits for."""
        with as_owner():
            waiting = Job.objects.filter(object_id=str(self.pk), state=JobState.WAITING)
            jobs = list(waiting.select_related("viewer").order_by("queued_at"))
        for job in jobs:
            assert job.viewer
            with viewing(job.viewer):
                handler_of(job.name)(job)
            with as_owner():
                Job.objects.filter(pk=job.pk).update(state=JobState.DONE)

    def _hold_surveys(self) -> None:
        with as_owner():
            rows = Invitation.objects.filter(trajectory=self.pk)
            due = [(row.kind, row.closing_number) for row in rows if row.state in ("planned", "sent")]
            told = Trajectory.objects.get(pk=self.pk)
        if self.status in (Status.IN_PROGRESS, Status.ON_HOLD):
            assert not due, "a survey is due for a case that runs again"
        assert all(number == told.round for _kind, number in due), "asked about an earlier closing"
        if self.status == Status.CLOSED and self.book.days_closed < REOPENING_DAYS:
            assert sum(kind == "six_month_follow_up" for kind, _number in due) == 1, "no follow-up is due"

    @act()
    def time_passes(self, data: Any) -> None:
        """Make everything older, so that the database's own day holds too."""
        long = self.status in (Status.CLOSED, Status.STOPPED_EARLY)
        days = data.draw(st.sampled_from((4, 8, 31, 200) if long else (4, 8, 32)), label="days")
        ago = timedelta(days=days)
        dates = ("status_since", "requested_at", "started_at", "closed_at", "ended_at", "intake_at")
        with as_owner():
            Trajectory.objects.filter(pk=self.pk).update(**{name: F(name) - ago for name in dates})
            rated = Trajectory.objects.filter(pk=self.pk)
            rated.update(**{name: F(name) - ago for name in ("participant_rated_at", "advisor_rated_at")})
            talks = Conversation.objects.filter(trajectory=self.pk)
            talks.update(starts_at=F("starts_at") - ago, ends_at=F("ends_at") - ago)
            surveys = Invitation.objects.filter(trajectory=self.pk)
            surveys.update(**{name: F(name) - ago for name in ("due_on", "sent_on", "closes_on")})
        self.book.days_closed += days
        self.book.days_asked += days
        self.seen = self.look()
