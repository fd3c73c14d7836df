"""Which surveys a trajectory asks for: kept right by one function that may run as often as it likes."""

from datetime import date

from django.db import transaction

from evaluations.enums import Kind, State
from evaluations.models import Draft, Invitation
from evaluations.queries import locks
from evaluations.queries.surveys import current_questionnaire
from evaluations.workflow import closes_on, follow_up_due
from portal import clock
from portal.delivery import jobs
from portal.people.models import User
from trajectories import services as trajectories
from trajectories.enums import Status
from trajectories.models import Trajectory
from trajectories.queries.closing import talked

FINISHING = frozenset({Status.CLOSING, Status.CLOSED, Status.COMPLETED})
FOLLOWED = frozenset({Status.CLOSED, Status.COMPLETED})
RUNNING = frozenset({Status.IN_PROGRESS, Status.ON_HOLD})


@transaction.atomic
def follow(*, trajectory_id: int) -> None:
    """Plan or cancel the surveys that fit the present state of a trajectory.

    It looks at the state, not at what happened, so lost, late and doubled calls do no harm.
    """
    locks.hold("trajectory", trajectory_id)
    trajectory = Trajectory.objects.filter(pk=trajectory_id).first()
    if trajectory is None:
        return
    status = trajectory.status
    # It may have run again and ended again while no worker did: what an earlier closing asked for lapses all the same.
    _withdraw(trajectory, closing_number__lt=trajectory.round)
    if status in RUNNING:
        _withdraw(trajectory)
    elif status in FINISHING:
        _plan(trajectory, Kind.CLOSING, due_on=_ended_on(trajectory))
    elif status == Status.STOPPED_EARLY:
        _shorten(_plan(trajectory, Kind.CLOSING, due_on=_ended_on(trajectory), is_short=True))
    if status in FOLLOWED or (status == Status.STOPPED_EARLY and talked(trajectory)):
        _plan(trajectory, Kind.FOLLOW_UP, due_on=follow_up_due(_ended_on(trajectory)))


def _ended_on(trajectory: Trajectory) -> date:
    moment = trajectory.closed_at or trajectory.ended_at or trajectory.status_since
    return moment.astimezone(clock.AMSTERDAM).date()


def _plan(trajectory: Trajectory, kind: Kind, *, due_on: date, is_short: bool = False) -> Invitation | None:
    """Plan one survey, once per closing; one that would have closed already is not asked for any more."""
    questionnaire = current_questionnaire(kind)
    if closes_on(due_on, questionnaire.close_after_days) < clock.today():
        return None
    row, _made = Invitation.objects.get_or_create(
        kind=kind,
        trajectory=trajectory,
        closing_number=trajectory.round,
        defaults={
            "participant_id": trajectory.participant_id,
            "faculty_id": trajectory.faculty_id,
            "questionnaire": questionnaire,
            "due_on": due_on,
            "is_short": is_short,
        },
    )
    return row


def _shorten(invitation: Invitation | None) -> None:
    """Make a closing survey that is still waiting the short one: the trajectory stopped after all."""
    if invitation is not None and invitation.state == State.PLANNED and not invitation.is_short:
        invitation.is_short = True
        invitation.save(update_fields=["is_short"])


def _withdraw(trajectory: Trajectory, **which: int) -> None:
    """Cancel what is planned or open: the trajectory runs again, or did."""
    rows = Invitation.objects.filter(trajectory=trajectory, state__in=[State.PLANNED, State.SENT], **which)
    Draft.objects.filter(invitation__in=rows).delete()
    rows.update(state=State.CANCELLED)


def tell_trajectory(invitation: Invitation) -> None:
    """After the follow-up nothing more is asked: a job completes the trajectory, as its participant."""
    if invitation.kind == Kind.FOLLOW_UP:
        jobs.enqueue(
            "evaluations.complete",
            invitation.trajectory_id,
            viewer=invitation.participant,
            key=f"complete:{invitation.reference}",
        )


def complete(*, actor: User, trajectory_id: int) -> None:
    """Complete a closed trajectory whose follow-up was answered or has expired; the address for it goes."""
    trajectory = Trajectory.objects.filter(pk=trajectory_id).first()
    if trajectory is None:
        return
    trajectories.forget_address(actor=actor, trajectory=trajectory)
    if trajectory.status == Status.CLOSED:
        trajectories.complete(actor=actor, trajectory=trajectory)
