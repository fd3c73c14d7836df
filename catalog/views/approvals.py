"""What a manager is asked: on one page, made for a phone."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from catalog.errors import Refused
from catalog.forms import AnswerForm, DeputyForm
from catalog.queries.approvals import (
    answered_approvals,
    answers_for_others,
    asked_of,
    open_approvals,
    own_deputies,
)
from catalog.services import approving, deputies
from portal.people.permissions import SignedInRequest, signed_in
from portal.people.queries import is_manager
from portal.privacy.lookup import get_visible


def _checked(request: SignedInRequest) -> None:
    if not is_manager(request.user) and not answers_for_others(request.user):
        raise PermissionDenied


def _page(
    request: SignedInRequest, form: DeputyForm, status: int = 200, answered: AnswerForm | None = None
) -> HttpResponse:
    forms = [AnswerForm(approval=approval) for approval in open_approvals(request.user)]
    context = {
        "open": [answered if answered and answered.approval == one.approval else one for one in forms],
        "answered": answered_approvals(request.user),
        "deputies": own_deputies(request.user),
        "form": form if is_manager(request.user) else None,
    }
    return render(request, "catalog/approvals.html", context, status=status)


@require_safe
@signed_in
def index(request: SignedInRequest) -> HttpResponse:
    """Show what waits for an answer, what was answered, and who answers in one's absence."""
    _checked(request)
    return _page(request, DeputyForm(manager=request.user))


@require_POST
@signed_in
def answer(request: SignedInRequest, reference: str) -> HttpResponse:
    """Say yes, or no and why."""
    approval = get_visible(asked_of(request.user), request.user, reference)
    form = AnswerForm(request.POST, approval=approval)
    if not form.is_valid() and approval.is_open:
        return _page(request, DeputyForm(manager=request.user), 422, answered=form)
    said, reason = (form.cleaned_data.get(name, "") for name in ("answer", "reason"))
    try:
        approving.answer(approval=approval, is_yes=said == "yes", reason=reason, actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("Your answer has been passed on to %(name)s.") % {"name": approval.participant}
        )
    return redirect("catalog:approvals")


@require_POST
@signed_in
def deputy(request: SignedInRequest) -> HttpResponse:
    """Let a colleague answer during a period."""
    if not is_manager(request.user):
        raise PermissionDenied
    form = DeputyForm(request.POST, manager=request.user)
    if not form.is_valid():
        return _page(request, form, 422)
    period = deputies.appoint(period=form.row(), actor=request.user)
    messages.success(request, _("%(name)s answers for you in this period.") % {"name": period.deputy})
    return redirect("catalog:approvals")


@require_POST
@signed_in
def end_deputy(request: SignedInRequest, number: int) -> HttpResponse:
    """End a period."""
    deputies.dismiss(number=number, actor=request.user)
    messages.success(request, _("You answer yourself again."))
    return redirect("catalog:approvals")
