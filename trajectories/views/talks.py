"""Conversations: the list, planning, moving, cancelling and recording."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from portal import clock
from portal.interface.http import tell
from trajectories import services
from trajectories.enums import ActorKind, Status
from trajectories.forms import MoveTalkForm, RecordForm, SequenceForm, TalkForm
from trajectories.queries import planning, reading
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
from trajectories.views.choosing import choice, is_warned

both = require_http_methods(["GET", "POST"])
ADVISOR = ActorKind.ADVISOR


@require_GET
@dossier_page()
def talks(request: DossierRequest) -> HttpResponse:
    """Show every conversation: what comes, what was, and how many of the agreed number are left."""
    log(request, "page")
    rows = list(reading.talks(request.user, request.case))
    context = {
        "is_participant": request.kind != ADVISOR,
        "other": request.case.participant if request.kind == ADVISOR else request.case.advisor,
        "talks": reading.numbered(rows),
        "number": planning.count(request.case),
    }
    return form_page(request, SequenceForm(), "talks", **context)


@require_GET
@dossier_page(ADVISOR)
def record_waiting(request: DossierRequest) -> HttpResponse:
    """Lead to the oldest conversation that waits to be recorded."""
    rows = reading.talks(request.user, request.case).exclude(kind="intake")
    waiting = rows.filter(state="planned", ends_at__lt=clock.now()).first()
    if waiting is None:
        return to_page(request)
    return redirect("trajectories:record_talk", request.case.reference, waiting.reference)


@both
@dossier_page()
def plan_talk(request: DossierRequest) -> HttpResponse:
    """Plan a conversation."""
    number = planning.count(request.case)
    form = TalkForm(request.POST or None, number=number, initial=_like_last(request), **choice(request))
    if request.method == "POST" and form.is_valid() and not is_warned(request, form):
        args = by(request, form)
        if attempt(form, lambda: services.plan_conversation(**args, **form.appointment)):
            messages.success(request, _("The conversation is planned. Both of you get an invitation."))
            return to_page(request)
    return form_page(request, form, "plan_talk", number=number, is_participant=request.kind != ADVISOR)


@both
@dossier_page()
def move_talk(request: DossierRequest, talk: str) -> HttpResponse:
    """Put a conversation at another time."""
    row = reading.talk(request.user, request.case, talk)
    form = MoveTalkForm(
        request.POST or None, initial={"sequence": row.sequence}, **choice(request, besides=row)
    )
    if request.method == "POST" and form.is_valid() and not is_warned(request, form, besides=row):
        act = services.move_conversation
        if attempt(form, lambda: act(actor=request.user, talk=row, **form.times)):
            back = reverse("trajectories:move_talk", args=[request.case.reference, row.reference])
            done = _("The conversation was moved. Both calendars get the change.")
            tell(request, done, url=back, label=_("Move it again"))
            return to_page(request)
    return form_page(request, form, "move_talk", talk=row)


@both
@dossier_page()
def cancel_talk(request: DossierRequest, talk: str) -> HttpResponse:
    """Ask whether a conversation is to be cancelled, and cancel it."""
    row = reading.talk(request.user, request.case, talk)
    form = SequenceForm(request.POST or None, initial={"sequence": row.sequence})
    if request.method == "GET":
        return form_page(request, form, "cancel_talk", talk=row)
    seen = form.cleaned_data["sequence"] if form.is_valid() else None
    act = services.cancel_conversation
    done = _("The conversation was cancelled. Both calendars get the change.")
    try_step(request, lambda: act(actor=request.user, talk=row, sequence=seen), done)
    return to_page(request)


@both
@dossier_page(ADVISOR)
def record_talk(request: DossierRequest, talk: str) -> HttpResponse:
    """Record what came of a conversation, or that nobody came."""
    row = reading.talk(request.user, request.case, talk)
    planned_on = row.starts_at.astimezone(clock.AMSTERDAM).date()
    initial = {"sequence": row.sequence, "held_on": min(planned_on, clock.today())}
    form = RecordForm(request.POST or None, initial=initial)
    act: Any = services.record_conversation
    if "absent" in request.POST:
        form.fields = {"sequence": form.fields["sequence"]}
        act = services.record_absence
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        if attempt(form, lambda: act(actor=request.user, talk=row, **words)):
            messages.success(request, _("The conversation has been recorded."))
            return _onward(request)
    return form_page(request, form, "record_talk", talk=row, number=planning.count(request.case))


def _onward(request: DossierRequest) -> HttpResponse:
    """Go on to planning the next one, when the button said so."""
    if "next" in request.POST and request.case.status == Status.IN_PROGRESS:
        return redirect("trajectories:plan_talk", request.case.reference)
    return to_page(request)


def _like_last(request: DossierRequest) -> dict[str, Any]:
    """Return how and where the last conversation was, so that it need not be typed again."""
    last = reading.talks(request.user, request.case).last()
    known = {"mode": last.mode, "place": last.place} if last else {}
    return {"version": request.case.version, **known}
