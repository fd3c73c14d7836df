"""Released figures, as the reader may see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from evaluations.enums import Period, ReleaseState
from evaluations.models import Indicator, Release, ReleasedFigure
from portal import clock
from portal.delivery.models import Job
from portal.organisation.models import Faculty
from portal.people.enums import Role
from portal.people.queries import faculties_of, is_central
from portal.privacy import wall

Cells = Mapping[tuple[str, int | None], ReleasedFigure]


@dataclass(frozen=True, slots=True)
class Scope:
    """What a page of figures is about: one faculty, or the university (None)."""

    faculty: Faculty | None

    @property
    def key(self) -> int | None:
        """Return the faculty's key, None for the university."""
        return self.faculty.pk if self.faculty else None

    @property
    def code(self) -> str:
        """Return what stands in addresses."""
        return self.faculty.code if self.faculty else ""


def releases(actor: Any) -> QuerySet[Release]:
    """Return the releases given out, the newest first."""
    return wall.visible(Release, actor).filter(state=ReleaseState.RELEASED).order_by("-period")


def scopes(actor: Any) -> list[Scope]:
    """Return what this reader may choose: HR of a faculty that faculty, central HR everything."""
    faculties = [Scope(faculty) for faculty in faculties_of(actor, Role.HR)]
    return [Scope(None), *faculties] if is_central(actor, Role.HR) else faculties


def chosen_scope(actor: Any, code: str | None) -> Scope:
    """Return the scope of an address, the first one when none is named; Http404 for another's."""
    own = scopes(actor)
    found = next((scope for scope in own if code is None or scope.code == code), None)
    if found is None:
        raise Http404
    return found


def cells(rows: QuerySet[ReleasedFigure]) -> Cells:
    """Return figures by indicator and faculty."""
    found = rows.select_related("indicator", "faculty")
    return {(row.indicator.key, row.faculty_id): row for row in found}


def cells_of(actor: Any, release: Release) -> Cells:
    """Return the figures of a release that this reader may see."""
    return cells(wall.visible(ReleasedFigure, actor).filter(release=release))


def previous_release(release: Release) -> Release | None:
    """Return the release of the quarter before, when it was given out."""
    before = str(Period.parse(release.period).previous)
    return Release.objects.filter(period=before, state=ReleaseState.RELEASED).first()


def indicators() -> list[Indicator]:
    """Return every indicator that management wants, with data or not."""
    return list(Indicator.objects.all())


def report_job(actor: Any, key: UUID) -> Job:
    """Return a job that this reader started for a report, else raise Http404."""
    return get_object_or_404(wall.visible(Job, actor), pk=key, name="evaluations.report")


def open_periods(actor: Any, quarters: int = 6) -> list[dict[str, Any]]:
    """Return the last quarters that have ended, each with its release when there is one."""
    known = {release.period: release for release in wall.visible(Release, actor)}
    period, found = Period.of(clock.today()), []
    for _quarter in range(quarters):
        period = period.previous
        found.append({"period": period, "release": known.get(str(period))})
    return found
