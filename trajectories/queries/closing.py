"""Results and their ratings, and what the floor above asks about closings."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from trajectories.enums import Side
from trajectories.models import Agreement, IntendedResult, Rating, Trajectory


def results_to_rate(trajectory: Trajectory) -> QuerySet[IntendedResult]:
    """Return the results of the signed agreement."""
    return trajectory.intendedresults.filter(agreement=_signed(trajectory))


def all_results(trajectory: Trajectory) -> QuerySet[IntendedResult]:
    """Return the same, and the unplanned ones: one's own, and the other's once both have rated."""
    return trajectory.intendedresults.filter(Q(agreement=_signed(trajectory)) | Q(agreement__isnull=True))


def _signed(trajectory: Trajectory) -> Agreement | None:
    return trajectory.agreements.filter(proposed_at__isnull=False).order_by("-number").first()


def side_by_side(trajectory: Trajectory) -> list[dict[str, Any]]:
    """Return each result with both ratings of this round; the other's is absent until both are in."""
    rows = {
        (row.result_id, row.side): row
        for row in Rating.objects.filter(trajectory=trajectory, round=trajectory.round)
    }
    return [
        {
            "result": result,
            "participant": rows.get((result.pk, Side.PARTICIPANT)),
            "advisor": rows.get((result.pk, Side.ADVISOR)),
        }
        for result in all_results(trajectory)
    ]


def closed_between(start: date, end: date, *, using: str = "default") -> QuerySet[Trajectory]:
    """Return the trajectories that closed from `start` to `end` (both included, Amsterdam days)."""
    return Trajectory.objects.using(using).filter(closed_at__date__gte=start, closed_at__date__lte=end)
