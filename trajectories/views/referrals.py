"""Inviting to career advice, and what the invited employee sees."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.people.enums import Role
from portal.people.permissions import SignedInRequest, signed_in
from portal.people.queries import has_role
from trajectories import services
from trajectories.enums.words import items
from trajectories.errors import NotYours
from trajectories.forms import ReferForm
from trajectories.queries import informing, referrals
from trajectories.queries.cases import current
from trajectories.views.base import answering, attempt, form_page


def _guard(request: SignedInRequest) -> None:
    if not referrals.may_refer(request.user):
        raise PermissionDenied
    if has_role(request.user, Role.HR):
        request.working_as = Role.HR  # type: ignore[attr-defined]


@signed_in
@require_GET
def sent(request: SignedInRequest) -> HttpResponse:
    """Show somebody's own invitations: accepted, declined, started, ended, and nothing else."""
    _guard(request)
    return render(request, "trajectories/referrals.html", {"referrals": referrals.sent_by(request.user)})


@signed_in
@answering
@require_http_methods(["GET", "POST"])
def refer(request: SignedInRequest) -> HttpResponse:
    """Suggest career advice to an employee."""
    _guard(request)
    form = ReferForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid() and _invites(request, form):
        messages.success(request, _("The invitation has been sent. The employee decides."))
        return redirect("trajectories:referrals")
    return form_page(request, form, "refer")


def _invites(request: SignedInRequest, form: ReferForm) -> bool:
    try:
        return attempt(form, lambda: services.refer(actor=request.user, **form.invitation))
    except NotYours:
        form.add_error(
            "address" if "address" in form.fields else "employee", _("You can't invite this employee.")
        )
        return False


@signed_in
@answering
@require_POST
def recall(request: SignedInRequest, reference: str) -> HttpResponse:
    """Take an invitation back."""
    services.recall(actor=request.user, referral=referrals.sent(request.user, reference))
    messages.success(request, _("The invitation has been taken back. The employee is told."))
    return redirect("trajectories:referrals")


@signed_in
@answering
@require_http_methods(["GET", "POST"])
def invitation(request: SignedInRequest, reference: str) -> HttpResponse:
    """Read an invitation and who gets to know what, before anything is entered; accept or decline."""
    referral = referrals.received(request.user, reference)
    if request.method == "POST":
        services.decline(actor=request.user, referral=referral)
        messages.success(request, _("You have declined. You need not say why."))
        return redirect("trajectories:invitation", referral.reference)
    context = {
        "referral": referral,
        "is_open": referrals.is_open(referral),
        "is_accepted": referrals.is_accepted(referral),
        "is_lapsed": referral.state == "recalled" or referrals.is_unanswered(referral),
        "is_required": informing.is_required(referral.frame),
        "frame": items("intake", "frameworks")[referral.frame],
        "rules": informing.of_trajectory(referral.route, referral.frame),
        "declining": informing.of_declining(referral.route, referral.frame),
        "runs": current(request.user),
    }
    return render(request, "trajectories/invitation.html", context)
