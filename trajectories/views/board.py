"""The coordinator's board: requests by promised day, and finding an advisor in one act."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from portal import clock
from portal.people.enums import Role
from portal.people.permissions import SignedInRequest, role_required
from portal.privacy.readlog import record_read
from trajectories import services
from trajectories.enums import ActorKind
from trajectories.errors import TrajectoryError
from trajectories.models import Trajectory
from trajectories.queries import cases, referrals
from trajectories.queries.candidates import matches
from trajectories.queries.handing_over import alone
from trajectories.queries.waiting import expected_waits
from trajectories.views.base import answering


@role_required(Role.COORDINATOR)
@require_GET
def board(request: SignedInRequest) -> HttpResponse:
    """Show who waits for an advisor, by the promised day of reply, and the load of the service."""
    request.working_as = Role.COORDINATOR  # type: ignore[attr-defined]
    context = {
        "waiting": list(cases.to_assign(request.user)),
        "running": list(cases.in_service(request.user)),
        "alone": alone(request.user),
        "declines": list(referrals.declines(request.user)),
        "today": clock.today(),
        "waits": expected_waits(),
    }
    return render(request, "trajectories/board.html", context)


@role_required(Role.COORDINATOR)
@answering
@require_http_methods(["GET", "POST"])
def assign(request: SignedInRequest, reference: str) -> HttpResponse:
    """Read one request (which is logged) and give it to an advisor, or suggest up to three."""
    request.working_as = Role.COORDINATOR  # type: ignore[attr-defined]
    case = cases.to_assign(request.user).filter(reference=reference).select_related("request").first()
    if case is None:
        return _gone(request, reference)
    if request.method == "POST":
        try:
            return _act(request, case)
        except TrajectoryError as refusal:
            for sentence in refusal.sentences:
                messages.warning(request, sentence)
    record_read(
        actor=request.user,
        subject=case.participant,
        dossier=case.reference,
        what="request",
        relation=ActorKind.COORDINATOR,
    )
    found = matches(case)
    able = [match for match in found if match.can_take_case]
    blocked = [match for match in found if not match.can_take_case]
    context = {"case": case, "best": able[:3], "others": able[3:], "blocked": blocked}
    return render(request, "trajectories/assign.html", context)


def _gone(request: SignedInRequest, reference: str) -> HttpResponse:
    """Tell a coordinator who comes second that the request was dealt with; others' references stay unknown."""
    if not cases.in_service(request.user).filter(reference=reference).exists():
        raise Http404
    messages.info(request, _("This request has an advisor already."))
    return redirect("trajectories:board")


def _act(request: SignedInRequest, case: Trajectory) -> HttpResponse:
    version = request.POST.get("version", "")
    seen = int(version) if version.isdecimal() else None
    if "assign" in request.POST:
        services.assign_advisor(
            actor=request.user, trajectory=case, advisor=request.POST["assign"], version=seen
        )
        messages.success(request, _("The request has an advisor now. Both have been told."))
    else:
        chosen = request.POST.getlist("suggest")
        services.suggest_advisors(actor=request.user, trajectory=case, chosen=chosen, version=seen)
        messages.success(request, _("The advisors have been suggested. The participant chooses."))
    return redirect("trajectories:board")
