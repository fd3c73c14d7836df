"""A participant whose account has ended: what was still being prepared is withdrawn."""

from django.db import transaction

from portal.privacy.viewer import viewing
from trajectories.enums import PREPARATION, ActorKind, Status
from trajectories.models import Trajectory
from trajectories.services.moving import apply, lock


def withdraw_left() -> int:
    """Withdraw what was prepared for people who have left; return how many. Safe to run twice at once.

    The job's own rights find the rows; each move is made with the sight of its participant, as actor `system`. What
    runs already is left to the advisor, who may still round off with somebody who has left.
    """
    rows = Trajectory.objects.filter(participant__is_active=False, status__in=PREPARATION)
    return sum(_withdraw(row) for row in rows.select_related("participant"))


@transaction.atomic
def _withdraw(row: Trajectory) -> bool:
    with viewing(row.participant):
        case = lock(row.participant, row)
        if case.status not in PREPARATION:
            return False
        apply(case, actor=row.participant, kind=ActorKind.SYSTEM, to=Status.WITHDRAWN)
    return True
