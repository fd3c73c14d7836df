"""The participant's list, the request, and the page of a trajectory."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from portal.people.permissions import SignedInRequest, signed_in
from trajectories import services
from trajectories.enums.words import content, text
from trajectories.forms import RequestForm
from trajectories.queries import cases
from trajectories.views.base import DossierRequest, answering, attempt, dossier_page, form_page, log
from trajectories.views.overview import page_context


@signed_in
@require_GET
def own(request: SignedInRequest) -> HttpResponse:
    """Show somebody's own trajectories, and the way to a new one."""
    context = {"cases": cases.own(request.user), "draft": cases.draft_of(request.user)}
    return render(request, "trajectories/own.html", context)


@signed_in
@answering
@require_http_methods(["GET", "POST"])
def request_form(request: SignedInRequest) -> HttpResponse:
    """Ask for a trajectory, or keep what was typed for later."""
    if request.method == "POST" and "keep" in request.POST:
        return _keep(request)
    draft = cases.draft_of(request.user)
    form = RequestForm(request.POST or None, user=request.user, initial=draft.body if draft else None)
    if request.method == "POST" and form.is_valid():
        made = []
        ask = services.request_trajectory
        if attempt(form, lambda: made.append(ask(actor=request.user, **form.request))):
            messages.success(request, _("Your request has been sent. Your manager gets no message of it."))
            return redirect("trajectories:page", made[0].reference)
    rules = [text(rule["label"]) for rule in content("intake")["information_rules"]["items"]]
    return form_page(request, form, "request", draft=draft, rules=rules)


def _keep(request: SignedInRequest) -> HttpResponse:
    fields = {name: request.POST.get(name, "")[:20_000] for name in ("question", "wishes", "route", "frame")}
    kinds = request.POST.getlist("question_types")[:20]
    services.save_draft(actor=request.user, body={**fields, "question_types": kinds})
    messages.success(request, _("Your text is kept. Only you see it. Go on whenever you want."))
    return redirect("trajectories:request")


@dossier_page()
@require_GET
def page(request: DossierRequest) -> HttpResponse:
    """Show where a trajectory stands and everything in it that this reader may see."""
    log(request, "page")
    return render(request, "trajectories/page.html", page_context(request))
