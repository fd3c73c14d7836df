"""The page of released figures."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from evaluations.enums import Period
from evaluations.queries.released import (
    cells_of,
    chosen_scope,
    indicators,
    previous_release,
    releases,
    scopes,
)
from evaluations.reports.rows import rows_for, table_of
from portal.people.enums import Role
from portal.people.permissions import SignedInRequest, role_required
from portal.people.queries import is_central


@require_safe
@role_required(Role.HR)
def overview(request: SignedInRequest) -> HttpResponse:
    """Show the figures of one period for one faculty, or for the university."""
    user, known = request.user, releases(request.user)
    scope = chosen_scope(user, request.GET.get("faculty"))
    context = {
        "releases": known,
        "scopes": scopes(user),
        "scope": scope,
        "may_release": is_central(user, Role.HR),
    }
    wanted = request.GET.get("period")
    release = get_object_or_404(known, period=wanted) if wanted else known.first()
    if release is None:
        return render(request, "evaluations/figures_none.html", context)
    before = previous_release(release)
    cells = cells_of(user, release)
    rows = rows_for(indicators(), cells, cells_of(user, before) if before else {}, scope.key)
    context |= {
        "release": release,
        "period": Period.parse(release.period),
        "measured": [row for row in rows if row.has_data],
        "awaited": [row for row in rows if not row.has_data],
        "table": table_of(cells, rows, scopes(user)) if scope.faculty is None else None,
    }
    return render(request, "evaluations/figures.html", context)
