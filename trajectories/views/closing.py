"""The page on which both say what they think of the results."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from trajectories import services
from trajectories.enums import Side, Status
from trajectories.enums.words import items
from trajectories.forms import RatingForm
from trajectories.queries.closing import results_to_rate, side_by_side
from trajectories.views.base import DossierRequest, attempt, by, dossier_page, form_page, log, to_page


@require_http_methods(["GET", "POST"])
@dossier_page()
def closing(request: DossierRequest) -> HttpResponse:
    """Rate each result; once both have, see the two views side by side."""
    log(request, "closing")
    form = RatingForm(
        request.POST or None, results=results_to_rate(request.case), initial={"version": request.case.version}
    )
    if request.method == "POST" and form.is_valid():
        args = by(request, form)
        args |= {"ratings": form.ratings, "unplanned": form.cleaned_data["unplanned"]}
        if attempt(form, lambda: services.rate_results(**args)):
            messages.success(request, _("Your view is kept."))
            return to_page(request)
    return form_page(request, form, "closing", **_views(request))


def _views(request: DossierRequest) -> dict[str, object]:
    case = request.case
    rated = case.participant_rated_at if request.kind.value == Side.PARTICIPANT else case.advisor_rated_at
    return {
        "may_rate": case.status == Status.CLOSING and not rated,
        "rows": side_by_side(case) if rated else [],
        "words": items("trajectory", "closing", "result_ratings"),
    }
