"""What editors have to do."""

from datetime import timedelta
from typing import Any

from django.db.models import Max, Sum

from catalog.models import MissedSearch
from portal import clock

LOOK_BACK, SHOWN = timedelta(days=90), 25


def missed_searches() -> list[Any]:
    """Return what was searched for in vain in the last 90 days, the most often first."""
    rows = MissedSearch.objects.filter(day__gte=clock.today() - LOOK_BACK)
    summed = rows.values("text", "language").annotate(total=Sum("times"), last=Max("day"))
    return list(summed.order_by("-total", "text")[:SHOWN])
