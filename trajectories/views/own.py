"""The participant's list, the request, and the page of a trajectory."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from portal.people.permissions import SignedInRequest, signed_in
from trajectories import services
from trajectories.enums import ReferralState, Status
from trajectories.errors import Lapsed, NoSuchMove
from trajectories.forms import RequestForm
from trajectories.models import Referral
from trajectories.queries import cases, drafts, referrals
from trajectories.queries.informing import of_trajectory
from trajectories.queries.waiting import expected_waits
from trajectories.views.base import (
    DossierRequest,
    answering,
    attempt,
    dossier_page,
    form_page,
    is_typing,
    log,
    try_step,
)
from trajectories.views.overview import page_context
from trajectories.views.typing import kept, mention_markup, opened

SENT = gettext_lazy("Your request has been sent. Your manager gets no message of it.")


@signed_in
@require_GET
def own(request: SignedInRequest) -> HttpResponse:
    """Show somebody's own trajectories, and the way to a new one."""
    found = list(cases.own(request.user))
    runs = any(case.status in (*cases.RUNNING, Status.CLOSED) for case in found)
    draft = drafts.draft_of(request.user)
    context = {"cases": found, "draft": draft, "may_ask": bool(found or draft) and not runs}
    return render(request, "trajectories/own.html", context)


@signed_in
@answering
@require_http_methods(["GET", "POST"])
def request_form(request: SignedInRequest) -> HttpResponse:
    """Ask for a trajectory, by oneself or on an invitation, or keep what was typed for later."""
    draft = drafts.draft_of(request.user)
    referral = _invitation(request)
    known: dict[str, Any] = {"user": request.user, "is_invited": bool(referral)}
    form = RequestForm(request.POST or None, initial=opened(draft), **known)
    if request.method == "POST" and "keep" in request.POST:
        return _keep(request, form)
    if request.method == "POST" and form.is_valid():
        made = []
        ask = services.request_trajectory
        if attempt(form, lambda: made.append(ask(actor=request.user, referral=referral, **form.request))):
            told = _("Your request has been sent.") if referral else SENT
            messages.success(request, str(told))
            mention_markup(request, form)
            return redirect("trajectories:page", made[0].reference)
    rules = of_trajectory(referral.route, referral.frame) if referral else []
    waits = expected_waits(request.user)
    return form_page(request, form, "request", draft=draft, rules=rules, referral=referral, waits=waits)


def _invitation(request: SignedInRequest) -> Referral | None:
    """Return the invitation that the address names; answered ones are refused."""
    reference = request.GET.get("invitation", "")
    if not reference:
        return None
    referral = referrals.received(request.user, reference)
    if not referrals.is_unanswered(referral) and referral.state != ReferralState.RECALLED:
        raise NoSuchMove
    if not referrals.is_open(referral):
        raise Lapsed
    return referral


def _keep(request: SignedInRequest, form: RequestForm) -> HttpResponse:
    """Keep the text; while typing the answer is a quiet word beside the button."""
    if is_typing(request):
        return kept(request, lambda: services.save_draft(actor=request.user, **form.typing))
    given = {**form.typing, "seen": None}
    done = _("Your text is kept. Only you see it. Go on whenever you want.")
    try_step(request, lambda: services.save_draft(actor=request.user, **given), done)
    return redirect(request.get_full_path())


@dossier_page(look_up=cases.dossier_with_standing)
@require_GET
def page(request: DossierRequest) -> HttpResponse:
    """Show where a trajectory stands and everything in it that this reader may see."""
    log(request, "page")
    return render(request, "trajectories/page.html", page_context(request))
