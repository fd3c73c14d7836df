"""What editors have to do."""

from datetime import timedelta
from typing import Any

from django.db.models import Max, QuerySet, Sum

from catalog.enums import Status
from catalog.models import MissedSearch, Offering
from portal import clock

LOOK_BACK, SHOWN = timedelta(days=90), 25


def drafts() -> QuerySet[Offering]:
    """Return the drafts."""
    return Offering.objects.filter(status=Status.DRAFT).select_related("kind", "theme", "provider")


def overdue() -> QuerySet[Offering]:
    """Return published offerings whose review date has passed, the longest first."""
    rows = Offering.objects.filter(status=Status.PUBLISHED, review_on__lt=clock.today())
    return rows.select_related("kind", "theme", "provider").order_by("review_on", "pk")


def missed_searches() -> list[Any]:
    """Return what was searched for in vain in the last 90 days, the most often first."""
    rows = MissedSearch.objects.filter(day__gte=clock.today() - LOOK_BACK)
    summed = rows.values("text", "language").annotate(total=Sum("times"), last=Max("day"))
    return list(summed.order_by("-total", "text")[:SHOWN])
