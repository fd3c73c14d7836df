"""Pages of the report-back: drafting, deciding, releasing, and the page of the one who gets it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from portal.people.permissions import SignedInRequest, signed_in
from portal.privacy.readlog import record_read
from trajectories import services
from trajectories.enums import ActorKind
from trajectories.errors import NoSuchMove
from trajectories.forms import ReleaseForm, ReportForm, VersionForm
from trajectories.models import ReportBack, ReportDraft
from trajectories.queries import report_back as reading
from trajectories.services.reporting_back import RUNS
from trajectories.views.base import (
    DossierRequest,
    attempt,
    by,
    dossier_page,
    form_page,
    log,
    try_step,
)

both = require_http_methods(["GET", "POST"])


@both
@dossier_page()
def report(request: DossierRequest) -> HttpResponse:
    """Draft a report-back as the advisor, or edit and address it as the participant."""
    log(request, "report")
    draft = reading.draft(request.user, request.case)
    if request.method == "POST" and "withdraw" in request.POST:
        return _withdraw(request)
    form = _form(request, draft)
    if request.method == "POST" and form.is_valid():
        act = _as_participant if request.kind == ActorKind.PARTICIPANT else _as_advisor
        if attempt(form, lambda: act(request, form)):
            return _onward(request)
    rows = list(reading.released(request.user, request.case))
    opened = reading.opened(request.user, rows) if request.kind == ActorKind.PARTICIPANT else {}
    context: dict[str, Any] = {
        "draft": draft,
        "released": [(row, opened.get(row.reference, [])) for row in rows],
    }
    context["may_write"] = request.case.status in RUNS
    context["is_participant"] = request.kind == ActorKind.PARTICIPANT
    return form_page(request, form, "report_back", **context)


def _form(request: DossierRequest, draft: ReportDraft | None) -> ReportForm:
    initial: dict[str, Any] = {"text": draft.text if draft else "", "version": draft.version if draft else 0}
    data = request.POST or None
    if request.kind == ActorKind.ADVISOR:
        who = ("own", _("Only you, until you give it to the participant"))
        return ReportForm(data, initial=initial, sees=who)
    if draft and draft.recipient:
        initial["recipient"] = draft.recipient.reference
    who = ("shared", _("You and %(name)s") % {"name": request.case.advisor})
    found = reading.candidates(request.case)
    return ReleaseForm(data, initial=initial, sees=who, candidates=found)


def _as_advisor(request: DossierRequest, form: ReportForm) -> None:
    draft = services.draft_report(**by(request), text=form.cleaned_data["text"], version=form.seen or 0)
    if "hand" in request.POST:
        services.hand_over_report(**by(request), version=draft.version)
        messages.success(request, _("The participant has the draft now, and decides."))
    else:
        messages.success(request, _("Your draft is kept. Only you see it."))


def _as_participant(request: DossierRequest, form: ReportForm) -> None:
    words = {name: form.cleaned_data[name] for name in ("text", "recipient")}
    services.save_report(**by(request), **words, version=form.seen or 0)
    if "look" not in request.POST:
        messages.success(request, _("Your words are kept. Nothing has been released."))


def _onward(request: DossierRequest) -> HttpResponse:
    page = "release_report" if "look" in request.POST else "report"
    return redirect(f"trajectories:{page}", request.case.reference)


def _withdraw(request: DossierRequest) -> HttpResponse:
    form = VersionForm(request.POST)
    seen = (form.seen or 0) if form.is_valid() else 0
    services.withdraw_report(**by(request), version=seen)
    messages.success(request, _("Withdrawn. Nothing of this text goes out."))
    return redirect("trajectories:report", request.case.reference)


@both
@dossier_page(ActorKind.PARTICIPANT)
def release(request: DossierRequest) -> HttpResponse:
    """Show the page exactly as the recipient will see it, and release it."""
    draft = reading.draft(request.user, request.case)
    if draft is None or draft.recipient is None:
        raise NoSuchMove
    form = VersionForm(request.POST or None, initial={"version": draft.version})
    if request.method == "POST" and form.is_valid():
        done = _("Released. %(name)s gets exactly this text and nothing else.") % {"name": draft.recipient}
        try_step(request, lambda: services.release_report(**by(request), version=form.seen or 0), done)
        return redirect("trajectories:report", request.case.reference)
    return form_page(request, form, "report_release", draft=draft, person=request.user)


@signed_in
@require_GET
def received(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show a released text to the one who got it; the participant sees each time that it is opened."""
    row = reading.report_back(request.user, reference)
    log_received(request, row)
    return render(request, "trajectories/report_received.html", {"report": row})


def log_received(request: SignedInRequest, row: ReportBack) -> None:
    """Record that the recipient opened the text."""
    if row.recipient_id == request.user.pk:
        record_read(
            actor=request.user,
            subject=row.participant,
            dossier=row.reference,
            what="report",
            relation=row.role,
        )
