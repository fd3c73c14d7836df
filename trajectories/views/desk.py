"""The advisor's desk: today, and the caseload by phase with whose turn it is."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from portal import clock
from portal.people.enums import Role
from portal.people.permissions import SignedInRequest, role_required
from trajectories import workflow
from trajectories.enums import ActorKind
from trajectories.queries import cases
from trajectories.queries.desk import today
from trajectories.queries.standing import standing

SORTS = {
    "since": lambda row: row["case"].status_since,
    "name": lambda row: (row["case"].participant.surname.casefold(), row["case"].participant.given_name),
    "turn": lambda row: (row["standing"].turn != ActorKind.ADVISOR, row["case"].status_since),
    "action": lambda row: str(row["standing"].action),
}


@role_required(Role.ADVISOR)
@require_GET
def desk(request: SignedInRequest) -> HttpResponse:
    """Show the day and every case with question, age, next action and whose turn it is."""
    request.working_as = Role.ADVISOR  # type: ignore[attr-defined]
    rows: list[dict[str, Any]] = [
        {"case": case, "standing": standing(case, ActorKind.ADVISOR)} for case in cases.caseload(request.user)
    ]
    sort = request.GET.get("sort", "since")
    rows.sort(key=SORTS.get(sort, SORTS["since"]))
    phase = request.GET.get("phase", "")
    context = {
        "talks": today(request.user),
        "groups": _groups(rows, phase),
        "phase": phase,
        "sort": sort if sort in SORTS else "since",
        "mine": sum(row["standing"].turn == ActorKind.ADVISOR for row in rows),
        "count": len(rows),
        "today": clock.today(),
    }
    return render(request, "trajectories/desk.html", context)


def _groups(rows: list[dict[str, Any]], phase: str) -> list[dict[str, Any]]:
    groups = []
    for shown in workflow.rules().phases:
        found = [row for row in rows if row["case"].status in shown.statuses]
        is_open = not phase or phase == shown.key
        groups.append({"phase": shown, "count": len(found), "rows": found if is_open else []})
    return groups
