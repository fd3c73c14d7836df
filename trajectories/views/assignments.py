"""Pages of one assignment: give, hand in, answer, download."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal import clock
from trajectories import services
from trajectories.enums import ActorKind, AssignmentState
from trajectories.enums.instruments import instruments
from trajectories.forms import AnswerForm, AssignmentForm, HandInForm
from trajectories.models import Assignment
from trajectories.queries import assignments
from trajectories.queries.tailoring import may_assign
from trajectories.services.assignments import WORKING, Upload
from trajectories.views.base import DossierRequest, attempt, by, dossier_page, form_page, log
from trajectories.views.instruments import place_of

both = require_http_methods(["GET", "POST"])
PARTICIPANT, ADVISOR = ActorKind.PARTICIPANT, ActorKind.ADVISOR
TWO_WEEKS = timedelta(days=14)


def _readers(request: DossierRequest) -> tuple[str, str]:
    other = request.case.advisor if request.kind == PARTICIPANT else request.case.participant
    return ("shared", _("You and %(name)s") % {"name": other})


@both
@dossier_page(ADVISOR)
def give(request: DossierRequest) -> HttpResponse:
    """Give an assignment, from an instrument or in one's own words."""
    tool = instruments().get(request.GET.get("instrument", ""))
    initial: dict[str, Any] = {"due_on": clock.today() + TWO_WEEKS}
    if tool:
        with translation.override(request.case.participant.language):
            initial |= {"instrument": tool.key, "title": str(tool.label), "task": str(tool.task)}
    form = AssignmentForm(request.POST or None, initial=initial, sees=_readers(request))
    if request.method == "POST" and form.is_valid():
        args = by(request) | form.cleaned_data
        if attempt(form, lambda: services.give_assignment(**args)):
            messages.success(request, _("The assignment has been given. The participant gets a message."))
            return redirect("trajectories:instruments", request.case.reference)
    refused = tool is not None and not may_assign(request.user, tool)
    return form_page(request, form, "give_assignment", tool=tool, refused=refused)


@both
@dossier_page()
def assignment(request: DossierRequest, assignment: str) -> HttpResponse:
    """Read an assignment and what was said; hand in, or answer."""
    log(request, "assignment")
    row = assignments.assignment(request.user, request.case, assignment)
    form, tool = _form(request, row), instruments().get(row.instrument)
    is_sent = request.method == "POST" and form is not None and form.is_valid()
    if form and is_sent and attempt(form, lambda: _act(request, row, form)):
        messages.success(request, _done(request))
        return redirect("trajectories:assignment", request.case.reference, row.reference)
    return form_page(
        request,
        form or AnswerForm(sees=_readers(request)),
        "assignment",
        has_form=form is not None,
        row=row,
        tool=tool,
        place=place_of(request, tool),
        posts=assignments.posts(request.user, row),
        is_participant=request.kind == PARTICIPANT,
        may_withdraw=request.kind == ADVISOR and row.state == AssignmentState.OPEN,
    )


def _form(request: DossierRequest, row: Assignment) -> HandInForm | AnswerForm | None:
    """Return the form that fits, even when it is not one's turn any more: a stale post gets an answer."""
    if request.case.status not in WORKING and request.method == "GET":
        return None
    if request.kind == PARTICIPANT:
        fits = row.state in (AssignmentState.OPEN, AssignmentState.HANDED_IN)
        form: HandInForm | AnswerForm = HandInForm(
            request.POST or None,
            request.FILES or None,
            owner=request.user.reference,
            sees=_readers(request),
        )
    else:
        fits = row.state == AssignmentState.HANDED_IN
        form = AnswerForm(request.POST or None, sees=_readers(request))
    return form if fits or request.method == "POST" else None


def _act(request: DossierRequest, row: Assignment, form: BaseForm) -> None:
    words = dict(form.cleaned_data)
    if request.kind == PARTICIPANT:
        upload = Upload(*words["upload"]) if words["upload"] else None
        services.hand_in(actor=request.user, assignment=row, text=words["text"], upload=upload)
    else:
        again = words.pop("again") == "again"
        services.answer(actor=request.user, assignment=row, again=again, **words)


def _done(request: DossierRequest) -> str:
    if request.kind == PARTICIPANT:
        return _("Handed in. Your advisor gets a message.")
    return _("Your answer is kept. The participant gets a message.")


@require_POST
@dossier_page(ADVISOR)
def withdraw(request: DossierRequest, assignment: str) -> HttpResponse:
    """Take back an assignment to which nothing was handed in."""
    row = assignments.assignment(request.user, request.case, assignment)
    services.withdraw_assignment(actor=request.user, assignment=row)
    messages.success(request, _("The assignment has been taken back."))
    return redirect("trajectories:instruments", request.case.reference)


@require_GET
@dossier_page()
def download(request: DossierRequest, assignment: str, file: str) -> HttpResponse:
    """Hand over a file as a download; never shown by the browser, never kept by a cache."""
    log(request, "assignment")
    row = assignments.assignment(request.user, request.case, assignment)
    found = assignments.file(request.user, row, file)
    response = HttpResponse(found.content, content_type=found.content_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=found.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
