"""Sections on the home page and on "my file"."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from portal import clock
from portal.people.enums import Role
from portal.people.models import User
from portal.people.queries import has_role, is_manager
from trajectories.enums import ActorKind
from trajectories.models import Trajectory
from trajectories.queries import cases, drafts, self_tests
from trajectories.queries.handing_over import alone
from trajectories.queries.paying import to_sign
from trajectories.queries.referrals import may_refer, waiting_for
from trajectories.queries.report_back import received
from trajectories.queries.standing import standing, strip

Context = dict[str, Any]
RECENT = timedelta(days=30)


def _current(request: HttpRequest) -> Trajectory | None:
    """Return the viewer's own trajectory, read once a request."""
    if not isinstance(request.user, User):
        return None
    if not hasattr(request, "own_trajectory"):
        request.own_trajectory = cases.current(request.user)  # type: ignore[attr-defined]
    found: Trajectory | None = request.own_trajectory  # type: ignore[attr-defined]
    return found


def mine(request: HttpRequest) -> Context | None:
    """Show the strip of one's own trajectory."""
    case = _current(request)
    return {"case": case, "steps": strip(case)} if case else None


def ask(request: HttpRequest) -> Context | None:
    """Offer a first talk to whoever has no trajectory now."""
    if not isinstance(request.user, User) or _current(request):
        return None
    return {"draft": drafts.draft_of(request.user)}


def next_step(request: HttpRequest) -> Context | None:
    """Name the one next step, when it is the participant's turn."""
    case = _current(request)
    now = standing(case) if case else None
    if case is None or now is None or now.turn != ActorKind.PARTICIPANT:
        return None
    return {
        "case": case,
        "standing": now,
        "url": reverse(f"trajectories:{now.page}", args=[case.reference, *now.more]),
    }


def invited(request: HttpRequest) -> Context | None:
    """Show the invitations that wait for an answer."""
    if not isinstance(request.user, User):
        return None
    found = list(waiting_for(request.user))
    return {"invitations": found} if found else None


def refer(request: HttpRequest) -> Context | None:
    """Offer managers and HR to suggest career advice."""
    return {} if isinstance(request.user, User) and may_refer(request.user) else None


def payments(request: HttpRequest) -> Context | None:
    """Show a payer what waits for a signature."""
    if not isinstance(request.user, User) or not is_manager(request.user):
        return None
    found = list(to_sign(request.user))
    return {"payments": found} if found else None


def reports(request: HttpRequest) -> Context | None:
    """Show what somebody released to the viewer lately."""
    if not isinstance(request.user, User):
        return None
    found = list(received(request.user).filter(released_at__gte=clock.now() - RECENT))
    return {"reports": found} if found else None


def desk(request: HttpRequest) -> Context | None:
    """Tell an advisor how many wait, and who waits longest."""
    if not isinstance(request.user, User) or not has_role(request.user, Role.ADVISOR):
        return None
    rows: list[dict[str, Any]] = [
        {"case": case, "standing": standing(case, ActorKind.ADVISOR)} for case in cases.caseload(request.user)
    ]
    waiting = [row for row in rows if row["standing"].turn == ActorKind.ADVISOR]
    return {"first": waiting[0] if waiting else None, "mine": len(waiting)}


def board(request: HttpRequest) -> Context | None:
    """Tell a coordinator how many requests wait, and how many cases need another advisor."""
    if not isinstance(request.user, User) or not has_role(request.user, Role.COORDINATOR):
        return None
    return {"count": cases.to_assign(request.user).count(), "alone": len(alone(request.user))}


def self_test(request: HttpRequest) -> Context | None:
    """Show the newest self-test, or the one that is not finished, once there is one."""
    if not isinstance(request.user, User):
        return None
    newest, draft = self_tests.own(request.user).first(), self_tests.draft_of(request.user)
    return {"test": newest, "draft": draft} if newest or draft else None
