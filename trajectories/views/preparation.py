"""Pages of the preparation: intake, points with the client, agreement."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trajectories import services
from trajectories.enums import ActorKind, Status, TypedPage
from trajectories.enums.words import items
from trajectories.errors import NoSuchMove
from trajectories.forms import AgreementForm, AppointmentForm, ClientForm, IntakeForm, SignForm
from trajectories.forms.preparation import RESULTS
from trajectories.models import Agreement
from trajectories.queries import reading
from trajectories.queries.comparing import Change, changes
from trajectories.queries.facts import aspects_of, open_aspects
from trajectories.queries.paying import view_of
from trajectories.queries.planning import has_begun, planned_intake
from trajectories.queries.referrals import referral_of
from trajectories.services.preparing import prefill
from trajectories.views.base import (
    DossierRequest,
    at_version,
    attempt,
    by,
    dossier_page,
    form_page,
    is_typing,
    log,
    point_at,
    to_page,
    try_step,
)
from trajectories.views.choosing import choice, is_warned
from trajectories.views.typing import Typed, mention_markup

both = require_http_methods(["GET", "POST"])


@both
@dossier_page()
def plan_intake(request: DossierRequest) -> HttpResponse:
    """Plan the first conversation: the participant at a free time of the advisor."""
    if request.case.advisor is None:
        raise NoSuchMove
    form = AppointmentForm(request.POST or None, initial={"version": request.case.version}, **choice(request))
    if request.method == "POST" and form.is_valid() and not is_warned(request, form):
        args = by(request, form)
        if attempt(form, lambda: services.plan_intake(**args, **form.appointment)):
            messages.success(request, _("The intake is planned. Both of you get an invitation."))
            return to_page(request)
    return form_page(request, form, "plan_intake", is_participant=request.kind != ActorKind.ADVISOR)


@both
@dossier_page()
def intake(request: DossierRequest) -> HttpResponse:
    """Record the intake beside the participant's own words, or read what was recorded."""
    log(request, "intake")
    kept = {row.key: row for row in request.case.intakeaspects.all()}
    if request.kind != ActorKind.ADVISOR or request.case.status != Status.INTAKE_PLANNED:
        if request.method == "POST" and request.kind == ActorKind.ADVISOR:
            raise NoSuchMove
        return _read_intake(request, kept)
    if "absent" in request.POST:
        return _nobody_came(request)
    typed = Typed(request, TypedPage.INTAKE)
    form = IntakeForm(request.POST or None, keys=aspects_of(request.case), kept=kept, initial=typed.initial)
    if is_typing(request):
        return typed.keep(form)
    if request.method == "POST" and form.is_valid():
        return _record(request, form)
    return form_page(request, form, "intake", draft=typed.draft, has_begun=has_begun(request.case))


def _nobody_came(request: DossierRequest) -> HttpResponse:
    """Record that the participant did not come; the intake is planned anew."""
    talk = planned_intake(request.case)
    if talk is None:
        raise NoSuchMove
    done = _("Recorded. Both of you can plan the intake anew.")
    try_step(request, lambda: services.record_absence(actor=request.user, talk=talk), done)
    return to_page(request)


def _record(request: DossierRequest, form: IntakeForm) -> HttpResponse:
    """Keep the points first, so that nothing typed is lost when the intake is not complete yet."""
    args = by(request)
    case = services.record_intake(**args, aspects=form.aspects, finish=False, version=form.seen)
    mention_markup(request, form)
    if "keep" in request.POST:
        messages.success(request, _("Kept. You can go on later."))
        return redirect("trajectories:intake", case.reference)
    if not attempt(form, lambda: services.record_intake(**args, aspects=form.aspects)):
        point_at(form, open_aspects(case), _("Discuss this point, or leave it out with a reason."))
        return form_page(request, at_version(form, case), "intake", has_begun=has_begun(case))
    messages.success(request, _("The intake has been recorded. The agreement comes next."))
    return to_page(request)


def _read_intake(request: DossierRequest, kept: dict[str, Any]) -> HttpResponse:
    words = items("intake", "intake_aspects")
    rows = [(words[key], kept.get(key)) for key in aspects_of(request.case)]
    return render(
        request, "trajectories/intake_read.html", {"case": request.case, "kind": request.kind, "rows": rows}
    )


@both
@dossier_page(ActorKind.ADVISOR)
def client(request: DossierRequest) -> HttpResponse:
    """Keep the three points with whoever referred the participant."""
    log(request, "client")
    kept = {row.key: row for row in request.case.clientpoints.all()}
    typed = Typed(request, TypedPage.CLIENT)
    form = ClientForm(request.POST or None, kept=kept, initial=typed.initial)
    if is_typing(request):
        return typed.keep(form)
    if request.method == "POST" and form.is_valid():
        args = by(request, form)
        if attempt(form, lambda: services.record_client_points(**args, points=form.points)):
            messages.success(request, _("Kept."))
            mention_markup(request, form)
            return to_page(request)
    invitation = referral_of(request.user, request.case)
    return form_page(request, form, "client", referral=invitation, draft=typed.draft)


@both
@dossier_page(ActorKind.ADVISOR)
def agreement_edit(request: DossierRequest) -> HttpResponse:
    """Write the next version of the agreement, and propose it."""
    log(request, "agreement")
    typed = Typed(request, TypedPage.AGREEMENT)
    form = AgreementForm(request.POST or None, initial=_initial(request) | typed.initial)
    if is_typing(request):
        return typed.keep(form)
    if request.method == "POST" and form.is_valid():
        args = by(request)
        draft = services.save_agreement(**args, values=form.values, results=form.results, version=form.seen)
        mention_markup(request, form)
        if "keep" in request.POST:
            messages.success(request, _("Kept. You can go on later."))
            return redirect("trajectories:agreement_edit", request.case.reference)
        if attempt(form, lambda: services.propose_agreement(**args)):
            messages.success(request, _("The agreement has been proposed. Both of you can sign it."))
            return redirect("trajectories:agreement", request.case.reference)
        gaps = draft.gaps() + ["result_1"] * (not form.results)
        point_at(form, gaps, _("This is still missing."))
        at_version(form, draft.trajectory)
    return form_page(request, form, "agreement_edit", request_text=request.case.request, draft=typed.draft)


def _initial(request: DossierRequest) -> dict[str, Any]:
    found = prefill(request.case)
    for number, result in enumerate(found.pop("results")[:RESULTS], start=1):
        found[f"result_{number}"], found[f"after_{number}"] = result.text, result.after_talks
    return found


@require_GET
@dossier_page()
def agreement(request: DossierRequest) -> HttpResponse:
    """Read the agreement and sign it."""
    log(request, "agreement")
    versions = list(reading.versions(request.user, request.case))
    signed = {row.side: row for row in versions[0].signatures.all()} if versions else {}
    may_sign = request.case.status == Status.AGREEMENT_PROPOSED and request.kind.value not in signed
    form = SignForm(initial={"digest": versions[0].digest}) if versions and may_sign else None
    context = {
        "case": request.case,
        "kind": request.kind,
        "agreement": versions[0] if versions else None,
        "changes": _changes(versions),
        "view": view_of(request.user, request.case),
        "signed": signed,
        "form": form,
        "guidance": items("intake", "collaboration_contract", "guidance_types"),
    }
    return render(request, "trajectories/agreement.html", context)


def _changes(versions: list[Agreement]) -> list[tuple[Any, Change]]:
    """Return what differs between the version on the table and the one before, with the form's own labels."""
    if len(versions) < 2:
        return []
    fields = AgreementForm().fields
    labels = {name: field.label for name, field in fields.items()} | {"results": _("Intended results")}
    return [(labels[change.name], change) for change in changes(versions[0], versions[1])]


@require_POST
@dossier_page()
def sign(request: DossierRequest) -> HttpResponse:
    """Sign the version that was on the page."""
    form = SignForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Tick that you agree before you sign."))
        return redirect("trajectories:agreement", request.case.reference)
    digest = form.cleaned_data["digest"]
    services.sign(actor=request.user, trajectory=request.case, digest=digest)
    messages.success(request, _("You have signed."))
    return to_page(request)
