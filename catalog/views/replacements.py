"""Sending a colleague in one's place: the holder asks, the colleague answers after signing in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog.emails.replacements import question
from catalog.errors import PriceChanged, Refused
from catalog.forms import ColleagueForm
from catalog.models import Enrolment, Replacement
from catalog.queries.enrolments import own_enrolments
from catalog.queries.replacements import asked_of, open_about
from catalog.services import replacing
from catalog.views.panel import has_other_price, panel_of
from portal.interface.moments import day_short
from portal.people.permissions import SignedInRequest, signed_in
from portal.privacy.lookup import get_visible


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def colleague(request: SignedInRequest, reference: str) -> HttpResponse:
    """Choose a colleague, with the message they get (GET); ask, or take the question back (POST)."""
    enrolment = get_visible(own_enrolments(request.user), request.user, reference)
    if request.method != "POST":
        return _choose(request, enrolment, ColleagueForm(holder=request.user))
    if "take_back" in request.POST:
        replacing.take_back(enrolment=enrolment, actor=request.user)
        messages.success(request, _("Your question has been taken back. The place is still yours."))
        return redirect("catalog:offering", slug=enrolment.session.offering.slug)
    return _ask(request, enrolment, ColleagueForm(request.POST, holder=request.user))


def _ask(request: SignedInRequest, enrolment: Enrolment, form: ColleagueForm) -> HttpResponse:
    if not form.is_valid():
        return _choose(request, enrolment, form, 422)
    chosen = form.cleaned_data["email"]
    try:
        replacing.ask(enrolment=enrolment, colleague=chosen, actor=request.user)
    except Refused as refusal:
        form.add_error("email", str(refusal))
        return _choose(request, enrolment, form, 409)
    said = _("%(name)s has been asked. Until the answer the place is still yours.")
    messages.success(request, said % {"name": chosen.full_name})
    return redirect("catalog:offering", slug=enrolment.session.offering.slug)


def _choose(
    request: SignedInRequest, enrolment: Enrolment, form: ColleagueForm, status: int = 200
) -> HttpResponse:
    language = request.user.language
    context = {
        "enrolment": enrolment,
        "form": form,
        "asked": open_about(enrolment),
        "can_ask": replacing.can_pass_on(enrolment, enrolment.session),
        "message": question(enrolment, name=request.user.full_name, language=language),
    }
    return render(request, "catalog/colleague.html", context, status=status)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show a colleague what going in somebody's place means (GET), or take their answer (POST)."""
    asked = get_visible(asked_of(request.user), request.user, reference)
    if request.method != "POST":
        return _show(request, asked)
    if request.POST.get("answer") == "no":
        return _decline(request, asked)
    pot = request.POST.get("pot", "")
    if request.POST.get("seen") != pot:
        return _show(request, asked)  # chosen without JavaScript: first show who is told of this choice
    return _take(request, asked, pot)


def _take(request: SignedInRequest, asked: Replacement, pot: str) -> HttpResponse:
    if has_other_price(request, asked.session.offering):
        return _show(request, asked, str(PriceChanged()), 409)
    try:
        made = replacing.take(replacement=asked, pot=pot, actor=request.user)
    except Refused as refusal:
        return _show(request, asked, str(refusal), 409)
    day = day_short(made.session.starts_at)
    said = _("Your manager has been asked. A place is kept for you on %(day)s.")
    if made.is_active:
        said = _("You are enrolled for %(day)s. The confirmation is on its way to your mailbox.")
    messages.success(request, said % {"day": day})
    return redirect("catalog:offering", slug=made.session.offering.slug)


def _decline(request: SignedInRequest, asked: Replacement) -> HttpResponse:
    try:
        replacing.decline(replacement=asked, actor=request.user)
    except Refused as refusal:
        return _show(request, asked, str(refusal), 409)
    messages.success(request, _("Your answer has been passed on to %(name)s.") % {"name": asked.participant})
    return redirect("mine")


def _show(request: SignedInRequest, asked: Replacement, refusal: str = "", status: int = 200) -> HttpResponse:
    pot = request.POST.get("pot") or request.GET.get("pot", "")
    panel = panel_of(request.user, asked.session, pot) if asked.is_open else None
    offering = panel.offering if panel else None
    context = {"asked": asked, "panel": panel, "offering": offering, "refusal": refusal}
    return render(request, "catalog/replacement.html", context, status=status)
