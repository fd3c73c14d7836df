"""The advisor's desk: the day, what waits, and the caseload by phase with whose turn it is."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal import clock
from portal.people.enums import Role
from portal.people.permissions import SignedInRequest, role_required
from trajectories import services, workflow
from trajectories.enums import ActorKind
from trajectories.queries import desk as queries
from trajectories.queries.desk import FILTERS, SORTS, Row
from trajectories.views.base import DossierRequest, by, dossier_page, try_step

SHOWN = 5


@role_required(Role.ADVISOR)
@require_GET
def desk(request: SignedInRequest) -> HttpResponse:
    """Show the day and every case with question, age, next action and whose turn it is."""
    request.working_as = Role.ADVISOR  # type: ignore[attr-defined]
    rows = queries.rows(request.user)
    asked = {
        "sort": _known(request.GET.get("sort"), SORTS, "since"),
        "only": _known(request.GET.get("only"), FILTERS, ""),
        "phase": request.GET.get("phase", ""),
    }
    waiting = queries.waiting(rows)
    context = {
        "talks": queries.today(request.user),
        "waiting": waiting[:SHOWN],
        "promises": queries.promises(rows)[:SHOWN],
        "groups": _groups(rows, **asked),
        "counts": {name: sum(map(test, rows)) for name, test in FILTERS.items() if name},
        "count": len(rows),
        "today": clock.today(),
        **asked,
    }
    return render(request, "trajectories/desk.html", context)


def _known(value: str | None, choices: Any, default: str) -> str:
    return value if value is not None and value in choices else default


def _groups(rows: list[Row], *, sort: str, only: str, phase: str) -> list[dict[str, Any]]:
    chosen = sorted(filter(FILTERS[only], rows), key=SORTS[sort])
    groups = []
    for shown in workflow.rules().phases:
        found = [row for row in chosen if row.case.status in shown.statuses]
        is_open = not phase or phase == shown.key
        groups.append({"phase": shown, "count": len(found), "rows": found if is_open else []})
    return groups


@require_POST
@dossier_page(ActorKind.ADVISOR)
def nudge(request: DossierRequest) -> HttpResponse:
    """Send the participant a friendly message, because nothing is planned."""
    args = by(request)
    done = _("%(name)s gets a friendly message.") % {"name": request.case.participant}
    try_step(request, lambda: services.nudge_participant(**args), done)
    return redirect("trajectories:desk")
