"""Another advisor for a case: the coordinator's page, and what the participant says to it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.people.enums import Role
from portal.people.permissions import SignedInRequest, role_required
from portal.privacy.lookup import get_visible
from trajectories import services
from trajectories.enums import ActorKind
from trajectories.errors import NoSuchMove, TrajectoryError
from trajectories.models import Handover, Trajectory
from trajectories.queries import cases
from trajectories.queries import handing_over as queries
from trajectories.views.base import DossierRequest, answering, by, dossier_page, to_page, try_step


@role_required(Role.COORDINATOR)
@answering
@require_http_methods(["GET", "POST"])
def hand_over(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show who could take a case over, and give it to one of them."""
    request.working_as = Role.COORDINATOR  # type: ignore[attr-defined]
    case = get_visible(cases.in_service(request.user), request.user, reference)
    cause = queries.cause_of(request.user, case)
    if cause is None:
        messages.info(request, _("This case has an advisor who can go on."))
        return redirect("trajectories:board")
    if request.method == "POST" and _hands_over(request, case):
        messages.success(request, _("Somebody else goes on with this case. All three have been told."))
        return redirect("trajectories:board")
    found = queries.choices(case)
    context = {
        "case": case,
        "why": str(queries.LABELS[cause]),
        "accepts": queries.accepts_same_faculty(case),
        "able": [match for match in found if match.can_take_case],
        "blocked": [match for match in found if not match.can_take_case],
    }
    return render(request, "trajectories/hand_over.html", context)


def _hands_over(request: HttpRequest, case: Trajectory) -> bool:
    version = request.POST.get("version", "")
    given: dict[str, Any] = {"actor": request.user, "trajectory": case}
    given |= {"advisor": request.POST.get("assign", ""), "version": _number(version)}
    try:
        services.hand_over(**given)
    except NoSuchMove:
        raise
    except TrajectoryError as refusal:
        for sentence in refusal.sentences:
            messages.warning(request, sentence)
        return False
    return True


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() else None


@require_POST
@dossier_page(ActorKind.PARTICIPANT)
def ask_advisor(request: DossierRequest) -> HttpResponse:
    """Ask for another advisor."""
    ask = services.ask_other_advisor
    try_step(request, lambda: ask(**by(request)), _("The career service looks for another advisor for you."))
    return to_page(request)


@require_POST
@dossier_page(ActorKind.PARTICIPANT)
def answer_handover(request: DossierRequest) -> HttpResponse:
    """Say whether the new advisor may read back, and perhaps choose another."""
    args = by(request) | {
        "reads_back": request.POST.get("reads_back") == "yes",
        "advisor": request.POST.get("advisor", ""),
    }
    answer = services.answer_handover
    try_step(request, lambda: answer(**args), _("Kept. Your advisor has been told."))
    return to_page(request)


def panel(request: DossierRequest) -> dict[str, Any]:
    """Return what the page of a case says about a change of advisor."""
    case, user = request.case, request.user
    row = queries.latest(user, case)
    is_participant = request.kind == ActorKind.PARTICIPANT
    return {
        "row": row,
        "is_asked": bool(row and row.new_id is None),
        "asks": bool(row and row.new_id and not row.answered_at and is_participant),
        "offered": _offered(row) if row and is_participant else [],
        "is_alone": queries.cause_of(user, case) is not None,
        "is_out": case.advisor is not None and not queries.can_hold(case.advisor),
        "may_ask": is_participant and case.advisor_id is not None and case.status in cases.RUNNING,
    }


def _offered(row: Handover) -> list[dict[str, Any]]:
    language = get_language() or "nl"
    kept = {item["advisor"]: item["reasons"].get(language, []) for item in row.offered}
    people = {advisor.reference: advisor for advisor in queries.advisors_named(kept)}
    return [
        {"advisor": people[key], "reasons": reasons, "is_new": people[key].user_id == row.new_id}
        for key, reasons in kept.items()
        if key in people
    ]
