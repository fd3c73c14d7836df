"""Central HR: which quarters can be released, one look at the protected figures, and the act itself."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evaluations.enums import Period, ReleaseState
from evaluations.errors import NotReleasableError
from evaluations.models import Release
from evaluations.queries.released import cells_of, indicators, open_periods, scopes
from evaluations.reports.rows import rows_for, table_of
from evaluations.services import figures
from portal.interface.errors import conflict
from portal.people.enums import Role
from portal.people.permissions import SignedInRequest, role_required
from portal.people.queries import is_central
from portal.privacy import wall


def _central_only(request: HttpRequest) -> None:
    if not is_central(request.user, Role.HR):
        raise PermissionDenied


def _period(text: str) -> Period:
    try:
        return Period.parse(text)
    except ValueError as error:
        raise Http404 from error


@require_safe
@role_required(Role.HR)
def overview(request: SignedInRequest) -> HttpResponse:
    """List the quarters with their state."""
    _central_only(request)
    return render(request, "evaluations/releases.html", {"quarters": open_periods(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.HR)
def preview(request: SignedInRequest, period: str) -> HttpResponse:
    """Show a prepared release once more before it is given out; POST counts it, or releases it."""
    _central_only(request)
    quarter = _period(period)
    if request.method == "POST":
        return _act(request, quarter)
    release = wall.visible(Release, request.user).filter(period=str(quarter)).first()
    if release is None:
        return render(request, "evaluations/release_none.html", {"period": quarter})
    cells = cells_of(request.user, release)
    rows = rows_for(indicators(), cells, {}, None)
    context = {
        "release": release,
        "period": quarter,
        "table": table_of(cells, rows, scopes(request.user)),
        "is_counting": release.state == ReleaseState.PREPARING,
        "is_released": release.state == ReleaseState.RELEASED,
    }
    return render(request, "evaluations/release.html", context)


def _act(request: SignedInRequest, quarter: Period) -> HttpResponse:
    """Count the quarter, or release it when that was confirmed."""
    try:
        if request.POST.get("act") != "release":
            figures.prepare(actor=request.user, period=quarter)
        elif request.POST.get("sure") != "yes":
            messages.error(request, _("Tick the box first: a release cannot be taken back."))
        else:
            release = get_object_or_404(wall.visible(Release, request.user), period=str(quarter))
            figures.release(actor=request.user, release=release)
            messages.success(request, _("The figures have been released."))
    except NotReleasableError as refusal:
        return conflict(request, str(refusal))
    return redirect("evaluations:release", period=str(quarter))
