"""Pages of the execution: conversations."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal import clock
from trajectories import services
from trajectories.enums import ActorKind
from trajectories.forms import MoveTalkForm, RecordForm, SequenceForm, TalkForm
from trajectories.queries import reading
from trajectories.views.base import DossierRequest, attempt, by, dossier_page, form_page, to_page, try_step

both = require_http_methods(["GET", "POST"])
ADVISOR = ActorKind.ADVISOR


@both
@dossier_page()
def plan_talk(request: DossierRequest) -> HttpResponse:
    """Plan a conversation."""
    form = TalkForm(request.POST or None, initial={"version": request.case.version})
    if request.method == "POST" and form.is_valid():
        args = by(request, form)
        kind = form.cleaned_data["kind"]
        if attempt(form, lambda: services.plan_conversation(**args, kind=kind, **form.appointment)):
            messages.success(request, _("The conversation is planned. Both of you get an invitation."))
            return to_page(request)
    return form_page(request, form, "plan_talk")


@both
@dossier_page(ADVISOR)
def talks(request: DossierRequest) -> HttpResponse:
    """Lead to the oldest conversation that waits to be recorded."""
    waiting = (
        reading.talks(request.user, request.case).filter(state="planned", ends_at__lt=clock.now()).first()
    )
    if waiting is None:
        return to_page(request)
    return redirect("trajectories:record_talk", request.case.reference, waiting.reference)


@both
@dossier_page()
def move_talk(request: DossierRequest, talk: str) -> HttpResponse:
    """Put a conversation at another time."""
    row = reading.talk(request.user, request.case, talk)
    starts, ends = row.starts_at.astimezone(clock.AMSTERDAM), row.ends_at.astimezone(clock.AMSTERDAM)
    initial = {"sequence": row.sequence, "day": starts.date(), "starts": starts.time(), "ends": ends.time()}
    form = MoveTalkForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        times = {"starts_at": data["starts_at"], "ends_at": data["ends_at"], "sequence": data["sequence"]}
        if attempt(form, lambda: services.move_conversation(actor=request.user, talk=row, **times)):
            messages.success(request, _("The conversation was moved. Both calendars get the change."))
            return to_page(request)
    return form_page(request, form, "move_talk", talk=row)


@require_POST
@dossier_page()
def cancel_talk(request: DossierRequest, talk: str) -> HttpResponse:
    """Cancel a conversation."""
    row = reading.talk(request.user, request.case, talk)
    form = SequenceForm(request.POST)
    seen = form.cleaned_data["sequence"] if form.is_valid() else None
    act = services.cancel_conversation
    done = _("The conversation was cancelled. Both calendars get the change.")
    try_step(request, lambda: act(actor=request.user, talk=row, sequence=seen), done)
    return to_page(request)


@both
@dossier_page(ADVISOR)
def record_talk(request: DossierRequest, talk: str) -> HttpResponse:
    """Record what came of a conversation."""
    row = reading.talk(request.user, request.case, talk)
    planned_on = row.starts_at.astimezone(clock.AMSTERDAM).date()
    initial = {"sequence": row.sequence, "held_on": min(planned_on, clock.today())}
    form = RecordForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        if attempt(form, lambda: services.record_conversation(actor=request.user, talk=row, **words)):
            messages.success(request, _("The conversation has been recorded."))
            return to_page(request)
    return form_page(request, form, "record_talk", talk=row)
