"""Dates on the organiser's desk: seats, names, calling off."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog.errors import Refused
from catalog.forms import SeatsForm
from catalog.models import Session
from catalog.permissions import editable_by
from catalog.queries.sessions import coming_sessions, names_in
from catalog.services import sessions
from portal.people.enums import Role
from portal.people.models import User
from portal.people.permissions import SignedInRequest, role_required


def found_date(actor: User, reference: str) -> Session:
    """Return a coming date of a card that this editor may change, or raise 404."""
    session = coming_sessions().filter(reference=reference, offering__in=editable_by(actor)).first()
    if session is None:
        raise Http404
    return session


@role_required(Role.EDITOR)
@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """Show the coming dates, with how full they are."""
    page = Paginator(coming_sessions().filter(offering__in=editable_by(request.user)), 25).get_page(
        request.GET.get("page")
    )
    return render(request, "catalog/dates.html", {"page": page})


@role_required(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show one date, or change its number of seats."""
    session = found_date(request.user, reference)
    form = SeatsForm(request.POST or None, initial={"seats": session.seats})
    if request.method == "POST" and form.is_valid():
        try:
            sessions.set_seats(session=session, seats=form.cleaned_data["seats"], actor=request.user)
        except Refused as refusal:
            form.add_error("seats", str(refusal))
        else:
            messages.success(request, _("The number of seats has been changed."))
            return redirect("catalog:date", reference=reference)
    context = {"session": session, "form": form, "names": names_in(request.user, session)}
    return render(request, "catalog/date.html", context, status=422 if form.errors else 200)


@role_required(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def call_off(request: SignedInRequest, reference: str) -> HttpResponse:
    """Ask once more (GET), or call the date off (POST)."""
    session = found_date(request.user, reference)
    if request.method != "POST":
        return render(request, "catalog/call_off.html", {"session": session})
    try:
        sessions.call_off(session=session, actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("This date has been called off. Everybody gets a message."))
    return redirect("catalog:date", reference=reference)
