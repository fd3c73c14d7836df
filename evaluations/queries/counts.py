"""The raw counts behind the figures, read as the figures role: columns without person or text.

They are returned for every faculty, zeros included, and go nowhere but into the protection.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.db.models.fields.json import KeyTextTransform

from evaluations.enums import Kind, Period
from evaluations.models import Response
from portal import clock
from portal.organisation.models import Faculty
from trajectories.enums import Status
from trajectories.models import Trajectory

ALIAS = "figures"
ENDS = (Status.CLOSED, Status.COMPLETED, Status.STOPPED_EARLY)
FAVOURABLE = ("4", "5")
Counts = dict[int, int]


@dataclass(frozen=True, slots=True)
class Opinions:
    """Favourable answers and all valid answers, per faculty."""

    favourable: Counts
    base: Counts


def _span(period: Period) -> tuple[datetime, datetime]:
    """Return the instants between which a quarter runs in Amsterdam: from, and until but not including."""
    return clock.local(period.first_day), clock.local(period.next.first_day)


def _all(found: Counts) -> Counts:
    keys = Faculty.objects.using(ALIAS).values_list("pk", flat=True)
    return {key: found.get(key, 0) for key in keys}


def _trajectories(condition: Q) -> Counts:
    rows = Trajectory.objects.using(ALIAS).filter(condition).order_by()
    return _all(dict(rows.values_list("faculty_id").annotate(number=Count("pk"))))


def requests(period: Period) -> Counts:
    """Count the trajectories requested in the period."""
    start, end = _span(period)
    return _trajectories(Q(requested_at__gte=start, requested_at__lt=end))


def closings(period: Period) -> Counts:
    """Count the trajectories closed or stopped early in the period."""
    start, end = _span(period)
    return _trajectories(Q(ended_at__gte=start, ended_at__lt=end, status__in=ENDS))


def satisfaction(period: Period) -> Opinions:
    """Count the closing answers to "I am happy with the trajectory as a whole", and those of 4 or 5."""
    rows = Response.objects.using(ALIAS).filter(
        period=str(period), questionnaire__key=Kind.CLOSING, choices__has_key="ce2"
    )
    per_faculty = (
        rows.order_by()
        .alias(answer=KeyTextTransform("ce2", "choices"))
        .values("faculty_id")
        .annotate(base=Count("pk"), favourable=Count("pk", filter=Q(answer__in=FAVOURABLE)))
        .values_list("faculty_id", "favourable", "base")
    )
    found = list(per_faculty)
    return Opinions(
        favourable=_all({key: favourable for key, favourable, _base in found}),
        base=_all({key: base for key, _favourable, base in found}),
    )
