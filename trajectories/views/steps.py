"""Small acts on the page of a trajectory: the row of buttons, choosing an advisor, answering a question."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from trajectories import services
from trajectories.enums import ActorKind, Status
from trajectories.errors import NoSuchMove
from trajectories.forms import ReasonForm
from trajectories.queries import reading
from trajectories.services.taking_back import is_unopened
from trajectories.views.base import DossierRequest, by, dossier_page, form_page, to_page, try_step
from trajectories.views.labels import MOVE_LABELS


@require_POST
@dossier_page()
def move(request: DossierRequest) -> HttpResponse:
    """Take a step of the machine, or ask the participant first when the step needs consent."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _asks_again(request, form)
    to, reason = form.cleaned_data["to"], form.cleaned_data["reason"]
    step = request.case.rules.between(request.case.status, to)
    if step and step.needs_consent and request.kind != ActorKind.PARTICIPANT:
        ask = services.propose_move
        args = by(request) | {"to": to, "reason": reason}
        try_step(request, lambda: ask(**args), _("The participant has been asked."))
    else:
        act = services.move
        args = by(request) | {"to": to, "reason": reason}
        try_step(request, lambda: act(**args, version=form.seen), _done(request, to))
    return to_page(request)


def _asks_again(request: DossierRequest, form: ReasonForm) -> HttpResponse:
    """Show the reason on a page of its own: it is too long, or holds words about health; what was typed stays."""
    step = request.case.rules.between(request.case.status, str(form["to"].data))
    label = MOVE_LABELS.get((step.source, step.target)) if step else None
    if step is None or label is None:
        raise NoSuchMove
    form.fields["reason"].required = step.needs_reason  # for the label; the service judges
    return form_page(request, form, "move", label=label)


def _done(request: DossierRequest, to: str) -> str:
    """Say what came of it; a request that nobody had opened leaves nothing to tell anybody."""
    if to == Status.WITHDRAWN and is_unopened(request.case):
        return _("Your request has been taken back. Nobody had opened it, and nothing of it is left.")
    return _("Done. The other has been told.")


@require_POST
@dossier_page(ActorKind.PARTICIPANT)
def choose(request: DossierRequest) -> HttpResponse:
    """Choose one of the suggested advisors."""
    advisor = request.POST.get("advisor", "")
    act = services.choose_advisor
    args = by(request) | {"advisor": advisor}
    try_step(request, lambda: act(**args), _("You have an advisor, who will invite you for a first talk."))
    return to_page(request)


@require_POST
@dossier_page(ActorKind.PARTICIPANT)
def answer(request: DossierRequest) -> HttpResponse:
    """Agree with what the advisor proposed, or not."""
    proposal = reading.proposal(request.user, request.case)
    if proposal is None:
        raise NoSuchMove
    agrees = request.POST.get("answer") == "yes"
    services.answer_proposal(actor=request.user, proposal=proposal, agrees=agrees)
    messages.success(request, _("Your answer has been passed on."))
    return to_page(request)
