"""Which surveys a trajectory asks for."""

from datetime import date, datetime, timedelta

import pytest

from evaluations.enums import Kind, State
from evaluations.models import Invitation
from evaluations.services import invitations
from portal import clock
from portal.delivery.models import Job
from portal.privacy.viewer import viewing
from tests.factories import evaluations, trajectories
from tests.factories.database import as_owner
from tests.factories.trajectories import Story

pytestmark = pytest.mark.django_db


def follow(told: Story) -> None:
    """Run the jobs' work as the worker does: as the participant."""
    with clock.frozen(told.moment), viewing(told.participant):
        invitations.follow(trajectory_id=told.trajectory.pk)


def asked(told: Story) -> list[tuple[str, int, str, bool]]:
    with as_owner():
        rows = Invitation.objects.filter(trajectory=told.trajectory).order_by("closing_number", "kind")
        return [(row.kind, row.closing_number, row.state, row.is_short) for row in rows]


def due(told: Story, kind: Kind) -> list[date]:
    with as_owner():
        return list(Invitation.objects.filter(kind=kind).order_by("pk").values_list("due_on", flat=True))


CLOSING, FOLLOW_UP = Kind.CLOSING.value, Kind.FOLLOW_UP.value


@pytest.mark.parametrize(
    "status", ["requested", "intake_planned", "in_progress", "on_hold", "withdrawn", "referred_elsewhere"]
)
def test_nothing_is_asked_before_the_end(status: str) -> None:
    told = trajectories.walk(status)
    follow(told)
    assert asked(told) == []


def test_closing_asks_for_the_closing_survey_at_once() -> None:
    told = trajectories.walk("closing")
    follow(told)
    assert asked(told) == [(CLOSING, 1, State.PLANNED, False)]
    assert due(told, Kind.CLOSING)[0] <= told.moment.date()


def test_closed_adds_the_follow_up_six_calendar_months_later() -> None:
    told = trajectories.walk("closed")
    follow(told)
    assert asked(told) == [(CLOSING, 1, State.PLANNED, False), (FOLLOW_UP, 1, State.PLANNED, False)]
    closed_at = told.trajectory.closed_at
    assert closed_at is not None
    closed_on = closed_at.astimezone(clock.AMSTERDAM).date()
    (day,) = due(told, Kind.FOLLOW_UP)
    assert (day.year * 12 + day.month) - (closed_on.year * 12 + closed_on.month) == 6


def test_asking_twice_changes_nothing() -> None:
    told = trajectories.walk("closed")
    follow(told)
    before = asked(told)
    follow(told)
    assert asked(told) == before


def test_date_of_closing_is_an_amsterdam_date() -> None:
    late = datetime(2026, 8, 30, 22, 30, tzinfo=clock.AMSTERDAM).astimezone() + timedelta(hours=2)
    case = evaluations.trajectory(ended_at=late)
    with clock.frozen(late), viewing(case.participant):
        invitations.follow(trajectory_id=case.pk)
    with as_owner():
        row = Invitation.objects.get(kind=Kind.FOLLOW_UP)
    assert row.due_on == date(2027, 2, 28)


def test_stopping_early_asks_the_short_form_and_no_follow_up_without_a_talk() -> None:
    """Decision 9; the intake, which comes before any trajectory runs, is no conversation of it."""
    told = trajectories.walk("stopped_early")
    with viewing(told.participant):
        assert told.trajectory.conversations.get().kind == "intake"
    follow(told)
    assert asked(told) == [(CLOSING, 1, State.PLANNED, True)]


def test_stopping_early_after_a_talk_asks_the_follow_up_too() -> None:
    told = trajectories.walk("in_progress")
    told.talk()
    told.end("stopped_early")
    follow(told)
    assert asked(told) == [(CLOSING, 1, State.PLANNED, True), (FOLLOW_UP, 1, State.PLANNED, False)]


def test_stopping_while_closing_makes_the_waiting_survey_short() -> None:
    told = trajectories.walk("closing")
    follow(told)
    told.end("stopped_early")
    follow(told)
    assert asked(told)[0] == (CLOSING, 1, State.PLANNED, True)


def reopen(told: Story) -> None:
    from trajectories import services

    with told.acting(told.participant) as actor:
        services.move(actor=actor, trajectory=told.trajectory, to="in_progress", reason="Toch nog een vraag.")


def test_reopening_cancels_what_is_open_and_asks_nothing_new() -> None:
    told = trajectories.walk("closed")
    follow(told)
    reopen(told)
    follow(told)
    assert asked(told) == [(CLOSING, 1, State.CANCELLED, False), (FOLLOW_UP, 1, State.CANCELLED, False)]


def test_reopened_and_stopped_before_a_worker_looked_keeps_no_earlier_survey() -> None:
    """Found by the random histories: one would have had two follow-ups."""
    told = trajectories.walk("closed")
    follow(told)
    told.end("in_progress")
    told.end("stopped_early")
    follow(told)
    assert [row for row in asked(told) if row[1] == 1] == [
        (CLOSING, 1, State.CANCELLED, False),
        (FOLLOW_UP, 1, State.CANCELLED, False),
    ]
    assert [row for row in asked(told) if row[1] == 2] == [
        (CLOSING, 2, State.PLANNED, True),
        (FOLLOW_UP, 2, State.PLANNED, False),
    ]


def test_closing_again_asks_a_second_time() -> None:
    told = trajectories.walk("closed")
    follow(told)
    reopen(told)
    follow(told)
    with as_owner():
        Invitation.objects.filter(kind=CLOSING).update(
            state=State.ANSWERED, sent_on=told.moment.date(), closes_on=told.moment.date()
        )
    told.close()
    told.rate()
    follow(told)
    assert asked(told) == [
        (CLOSING, 1, State.ANSWERED, False),
        (FOLLOW_UP, 1, State.CANCELLED, False),
        (CLOSING, 2, State.PLANNED, False),
        (FOLLOW_UP, 2, State.PLANNED, False),
    ]


def test_survey_that_would_be_closed_already_is_not_asked() -> None:
    long_ago = clock.now() - timedelta(days=400)
    case = evaluations.trajectory(ended_at=long_ago)
    with viewing(case.participant):
        invitations.follow(trajectory_id=case.pk)
    with as_owner():
        assert not Invitation.objects.exists()


def test_each_move_near_the_end_queues_one_job_for_the_participant() -> None:
    told = trajectories.walk("closed")
    with as_owner():
        jobs = Job.objects.filter(name="evaluations.follow", object_id=str(told.trajectory.pk))
        assert {job.viewer_id for job in jobs} == {told.participant.pk}
        assert jobs.count() == 3  # in progress, closing, closed


def test_answering_the_follow_up_completes_the_trajectory() -> None:
    told = trajectories.walk("closed")
    with clock.frozen(told.moment), viewing(told.participant):
        invitations.complete(actor=told.participant, trajectory_id=told.trajectory.pk)
        invitations.complete(actor=told.participant, trajectory_id=told.trajectory.pk)
    assert told.trajectory.status == "completed"
