"""Whether a moment can be planned: the rules that both the intake and the conversations follow."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from advisors.queries.freetimes import Span
from portal import clock
from trajectories.enums import ActorKind
from trajectories.errors import Blocked, Taken, TrajectoryError
from trajectories.models import Conversation, Trajectory
from trajectories.queries import planning
from trajectories.queries.handing_over import can_hold

LONGEST = timedelta(hours=8)
FARTHEST = timedelta(days=366)


def check_times(starts_at: datetime, ends_at: datetime) -> None:
    """Refuse an appointment in the past, more than a year ahead, of no length, or of more than a working day."""
    if starts_at < clock.now():
        raise TrajectoryError(_("Choose a moment that is still to come."))
    if starts_at > clock.now() + FARTHEST:
        raise TrajectoryError(_("Choose a moment within a year from now."))
    if not timedelta(0) < ends_at - starts_at <= LONGEST:
        raise TrajectoryError(_("The end is after the start, on the same day."))


def check_free(
    kind: ActorKind,
    case: Trajectory,
    starts_at: datetime,
    ends_at: datetime,
    besides: Conversation | None = None,
) -> None:
    """Hold a participant to the free times of an advisor who can hold talks; an advisor may plan at any moment."""
    if kind != ActorKind.PARTICIPANT:
        return
    if not can_hold(case.advisor):
        raise Blocked(_("Your advisor can't go on. You can plan again as soon as there is another advisor."))
    if Span(starts_at, ends_at) not in planning.agenda(case, besides=besides).free():
        raise Taken


def check_number(kind: ActorKind, case: Trajectory, reason: str) -> None:
    """Ask for a reason for one more conversation than the agreement says; only the advisor can give it."""
    number = planning.count(case)
    if not number.is_full:
        return
    if kind != ActorKind.ADVISOR:
        raise Blocked(_("All agreed conversations are held or planned. Ask your advisor for one more."))
    if not reason.strip():
        raise Blocked(
            _("The agreement says %(agreed)d conversations. Give a reason for one more.")
            % {"agreed": number.agreed}
        )


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Tell in words when the database finds that one of the two has another appointment then."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "taken_time_once" not in str(error):
            raise
        raise Taken from error
