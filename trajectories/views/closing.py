"""The closing: both say what they think of the results, talk about it, and may leave an address for later."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal import clock
from trajectories import services
from trajectories.enums import LOOKED_BACK, ActorKind, Status
from trajectories.enums.words import items
from trajectories.errors import NoSuchMove
from trajectories.forms import AddressForm, DiscussionForm, RatingForm, VersionForm
from trajectories.models import Trajectory
from trajectories.queries import closing as queries
from trajectories.views.base import (
    DossierRequest,
    attempt,
    by,
    dossier_page,
    form_page,
    log,
    to_page,
    try_step,
)

both = require_http_methods(["GET", "POST"])


@both
@dossier_page()
def closing(request: DossierRequest) -> HttpResponse:
    """Rate each result; once both have, see the two views side by side."""
    log(request, "closing")
    if "alone" in request.POST:
        return _close_alone(request)
    form = RatingForm(
        request.POST or None,
        results=queries.results_to_rate(request.case),
        asks_outcome=request.kind == ActorKind.PARTICIPANT,
        initial={"version": request.case.version},
    )
    if request.method == "POST" and form.is_valid():
        args = by(request, form)
        args |= {
            "ratings": form.ratings,
            "unplanned": form.cleaned_data["unplanned"],
            "outcome": form.outcome,
        }
        if attempt(form, lambda: services.rate_results(**args)):
            messages.success(request, _("Your view is kept."))
            return redirect("trajectories:closing", request.case.reference)
    return form_page(request, form, "closing", **_views(request))


def _close_alone(request: DossierRequest) -> HttpResponse:
    """Close without the view of a participant who does not answer."""
    form = VersionForm(request.POST)
    args = by(request, form) if form.is_valid() else by(request)
    done = _("Closed. The view of the participant stays open: not answered.")
    try_step(request, lambda: services.close_alone(**args), done)
    return redirect("trajectories:closing", request.case.reference)


def _views(request: DossierRequest) -> dict[str, Any]:
    case = request.case
    may_read = case.status in LOOKED_BACK or _has_rated(case, request.kind)
    rows = queries.side_by_side(case) if may_read else []
    opens_on = queries.closes_alone_on(case) if request.kind == ActorKind.ADVISOR else None
    return {
        "may_rate": case.status == Status.CLOSING and not rows,
        "closes_alone_on": opens_on,
        "may_close_alone": opens_on is not None and opens_on <= clock.today(),
        "rows": rows,
        "differences": sum(row.differ for row in rows),
        "words": items("trajectory", "closing", "result_ratings"),
        "steps": queries.steps(case, request.user),
        "outcome": queries.outcome(request.user, case),
        "outcomes": items("trajectory", "closing", "mobility_outcomes"),
        "discussion": _discussion(request),
        "may_discuss": _may_discuss(case),
        "is_participant": request.kind == ActorKind.PARTICIPANT,
        "may_leave_address": queries.may_leave_address(case),
    }


def _has_rated(case: Trajectory, kind: ActorKind) -> bool:
    return bool(case.participant_rated_at if kind == ActorKind.PARTICIPANT else case.advisor_rated_at)


def _may_discuss(case: Trajectory) -> bool:
    return case.both_rated and case.status == Status.CLOSED


def _discussion(request: DossierRequest) -> list[tuple[Any, Any]]:
    rows = queries.discussion(request.user, request.case)
    questions = items("trajectory", "closing", "discussion_questions")
    return [(item, rows[key]) for key, item in questions.items() if key in rows]


@both
@dossier_page()
def discuss(request: DossierRequest) -> HttpResponse:
    """Write down together what the trajectory brought."""
    case = request.case
    if not _may_discuss(case):
        raise NoSuchMove
    log(request, "closing")
    other = case.advisor if request.kind == ActorKind.PARTICIPANT else case.participant
    form = DiscussionForm(
        request.POST or None,
        answers={key: row.text for key, row in queries.discussion(request.user, case).items()},
        who=_("You and %(name)s") % {"name": other},
        initial={"version": case.version},
    )
    if request.method == "POST" and form.is_valid():
        args = by(request, form) | {"answers": form.answers}
        if attempt(form, lambda: services.discuss(**args)):
            messages.success(request, _("Your answers are kept."))
            return redirect("trajectories:closing", case.reference)
    rows = queries.side_by_side(case)
    return form_page(
        request, form, "discuss", rows=rows, words=items("trajectory", "closing", "result_ratings")
    )


@both
@dossier_page(ActorKind.PARTICIPANT)
def address(request: DossierRequest) -> HttpResponse:
    """Leave an address for after leaving the university, or take it back."""
    if not queries.may_leave_address(request.case):
        raise NoSuchMove
    kept = queries.later_address(request.user, request.case.pk)
    form = AddressForm(request.POST or None, initial={"email": kept, "agrees": bool(kept)})
    if request.method == "POST" and form.is_valid():
        args = by(request) | form.cleaned_data
        if attempt(form, lambda: services.keep_address(**args)):
            done = _("The address is kept.") if form.cleaned_data["email"] else _("No address is kept.")
            messages.success(request, done)
            return to_page(request)
    return form_page(request, form, "address", kept=kept)
