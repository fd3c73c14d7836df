"""Enrolling and cancelling: a confirm page, then the act, then back to the offering."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST

from catalog.enums import EnrolmentStatus
from catalog.errors import PriceChanged, Refused
from catalog.models import Enrolment, Session
from catalog.queries.catalogue import date_of, offering_page
from catalog.queries.enrolments import own_enrolments
from catalog.services import enrolling, moving, paying, waiting
from catalog.views.panel import has_other_price, panel
from portal.interface.moments import day_short
from portal.people.permissions import SignedInRequest, signed_in
from portal.privacy.lookup import get_visible

SAID: dict[str, Any] = {
    EnrolmentStatus.ACTIVE: lazy(
        "You are enrolled for %(day)s. The confirmation is on its way to your mailbox."
    ),
    EnrolmentStatus.REQUESTED: lazy("Your manager has been asked. A place is kept for you on %(day)s."),
    EnrolmentStatus.WAITING: lazy(
        "You are on the waiting list for %(day)s. You get a message when a place comes free."
    ),
    EnrolmentStatus.OFFERED: lazy("A place is kept for you on %(day)s. Take it on this page."),
}


@signed_in
@require_http_methods(["GET", "POST"])
def enrol(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show once more what follows from it (GET), or take the place (POST)."""
    if request.method == "GET":
        return _confirm(request, slug)
    return _take(request, slug)


def _confirm(request: HttpRequest, slug: str, refusal: str = "", status: int = 200) -> HttpResponse:
    offering = offering_page(request.user, slug)
    if offering is None:
        raise Http404
    shown = panel(request, offering)
    # Of a date that can't be had any more the others are shown to choose from, not one of them to confirm.
    asked = (request.POST or request.GET).get("session")
    is_asked = shown.session is not None and asked in (None, shown.session.reference)
    context = {"offering": offering, "panel": shown, "refusal": refusal, "is_asked": is_asked}
    return render(request, "catalog/enrol.html", context, status=status)


def _take(request: SignedInRequest, slug: str) -> HttpResponse:
    asked, pot = request.POST.get("session", ""), request.POST.get("pot", "")
    session = date_of(request.user, slug, asked)
    if session is None:
        return _confirm(request, slug, _("Choose a date first."), 422)
    if request.POST.get("seen") != f"{asked}:{pot}":
        return _confirm(request, slug)  # chosen without JavaScript: first show who is told of this choice
    if has_other_price(request, session.offering):
        return _confirm(request, slug, str(PriceChanged()), 409)
    may_wait = request.POST.get("waits") == "yes"
    try:
        made = enrolling.enrol(session=session, pot=pot, actor=request.user, may_wait=may_wait)
    except Refused as refusal:
        return _confirm(request, slug, str(refusal), 409)
    messages.success(request, SAID[made.status] % {"day": day_short(session.starts_at)})
    return redirect("catalog:offering", slug=slug)


@signed_in
@require_http_methods(["GET", "POST"])
def cancel(request: SignedInRequest, reference: str) -> HttpResponse:
    """Ask once more (GET), or give the place back (POST)."""
    enrolment = _own(request, reference)
    is_free = paying.is_free_of_charge(enrolment.session) or not enrolment.is_active
    context = {"enrolment": enrolment, "is_free": is_free, "is_set_aside": paying.is_set_aside(enrolment)}
    if request.method == "GET":
        return render(request, "catalog/cancel.html", context)
    try:
        enrolling.cancel(enrolment=enrolment, actor=request.user)
    except Refused as refusal:
        return render(request, "catalog/cancel.html", {**context, "refusal": refusal}, status=409)
    messages.success(request, _given_back(enrolment))
    return redirect("catalog:offering", slug=enrolment.session.offering.slug)


def _given_back(enrolment: Enrolment) -> str:
    day = day_short(enrolment.session.starts_at)
    if enrolment.status == EnrolmentStatus.WAITING:
        return _("You have left the waiting list for %(day)s.") % {"day": day}
    said = _("You have given back your place for %(day)s. Enrol again if you want to come after all.")
    return said % {"day": day}


@signed_in
@require_POST
def accept(request: SignedInRequest, reference: str) -> HttpResponse:
    """Take the place that is kept for this person."""
    enrolment = _own(request, reference)
    try:
        made = waiting.accept(enrolment=enrolment, actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, SAID[made.status] % {"day": day_short(made.session.starts_at)})
    return redirect("catalog:offering", slug=enrolment.session.offering.slug)


@signed_in
@require_http_methods(["GET", "POST"])
def move(request: SignedInRequest, reference: str) -> HttpResponse:
    """Choose another date (GET), and go there (POST)."""
    enrolment = _own(request, reference)
    dates = moving.dates_to_move_to(enrolment)
    if request.method == "GET":
        return _dates(request, enrolment, dates)
    to = next((run for run in dates if run.reference == request.POST.get("session")), None)
    if to is None:
        return _dates(request, enrolment, dates, _("Choose a date first."), 422)
    try:
        moving.move(enrolment=enrolment, to=to, actor=request.user)
    except Refused as refusal:
        return _dates(request, enrolment, dates, str(refusal), 409)
    said = _("You now go on %(day)s. The change is on its way to your mailbox.")
    messages.success(request, said % {"day": day_short(to.starts_at)})
    return redirect("catalog:offering", slug=enrolment.session.offering.slug)


def _dates(
    request: HttpRequest, enrolment: Enrolment, dates: list[Session], refusal: str = "", status: int = 200
) -> HttpResponse:
    context = {"enrolment": enrolment, "dates": dates, "refusal": refusal}
    return render(request, "catalog/move.html", context, status=status)


def _own(request: SignedInRequest, reference: str) -> Enrolment:
    return get_visible(own_enrolments(request.user), request.user, reference)
