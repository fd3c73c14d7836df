"""Enrolling and cancelling: a confirm page, then the act, then back to the offering."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog.errors import Refused
from catalog.models import Enrolment
from catalog.permissions import visible_to
from catalog.queries.catalogue import offering_page
from catalog.services import enrolling
from catalog.views.panel import Panel, panel
from portal.interface.moments import day_short
from portal.people.permissions import SignedInRequest, signed_in
from portal.privacy.lookup import get_visible


@signed_in
@require_http_methods(["GET", "POST"])
def enrol(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show once more what follows from it (GET), or take the place (POST)."""
    offering = offering_page(request.user, slug)
    if offering is None:
        raise Http404
    shown = panel(request, offering)
    if request.method == "GET":
        return _confirm(request, shown)
    return _take(request, shown)


def _confirm(request: HttpRequest, shown: Panel, refusal: str = "", status: int = 200) -> HttpResponse:
    context = {"offering": shown.offering, "panel": shown, "refusal": refusal}
    return render(request, "catalog/enrol.html", context, status=status)


def _take(request: SignedInRequest, shown: Panel) -> HttpResponse:
    asked = request.POST.get("session", "")
    session = next((run for run in shown.offering.sessions.all() if run.reference == asked), None)
    if session is None:
        return _confirm(request, shown, _("Choose a date first."), 422)
    if request.POST.get("seen") != f"{asked}:{request.POST.get('pot', '')}":
        return _confirm(request, shown)  # chosen without JavaScript: first show who is told of this choice
    try:
        enrolling.enrol(session=session, pot=request.POST.get("pot", ""), actor=request.user)
    except Refused as refusal:
        return _confirm(request, shown, str(refusal), 409)
    said = _("You are enrolled for %(day)s. The confirmation is on its way to your mailbox.")
    messages.success(request, said % {"day": day_short(session.starts_at)})
    return redirect("catalog:offering", slug=shown.offering.slug)


@signed_in
@require_http_methods(["GET", "POST"])
def cancel(request: SignedInRequest, reference: str) -> HttpResponse:
    """Ask once more (GET), or give the place back (POST)."""
    enrolment = get_visible(
        visible_to(request.user).filter(participant=request.user), request.user, reference
    )
    if request.method == "GET":
        return render(request, "catalog/cancel.html", {"enrolment": enrolment})
    try:
        enrolling.cancel(enrolment=enrolment, actor=request.user)
    except Refused as refusal:
        context = {"enrolment": enrolment, "refusal": refusal}
        return render(request, "catalog/cancel.html", context, status=409)
    messages.success(request, _given_back(enrolment))
    return redirect("catalog:offering", slug=enrolment.session.offering.slug)


def _given_back(enrolment: Enrolment) -> str:
    day = day_short(enrolment.session.starts_at)
    said = _("You have given back your place for %(day)s. Enrol again if you want to come after all.")
    return said % {"day": day}
