"""Instruments and assignments of one case: what is suggested, what was chosen, what waits."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trajectories import services
from trajectories.enums import ActorKind, Status
from trajectories.enums.instruments import Instrument
from trajectories.forms import SituationForm
from trajectories.queries import tailoring
from trajectories.queries.assignments import assignments
from trajectories.views.base import DossierRequest, attempt, by, dossier_page, form_page, log

TAKE = {"take": True, "leave": False, "back": None}


@require_GET
@dossier_page()
def instruments(request: DossierRequest) -> HttpResponse:
    """Show the assignments and the chosen instruments; to the advisor also what the rules suggest."""
    log(request, "instruments")
    case, user = request.case, request.user
    decided = tailoring.choices(user, case)
    taken = tailoring.taken_instruments(decided)
    is_work = request.kind == ActorKind.ADVISOR
    context: dict[str, Any] = {
        "case": case,
        "is_participant": not is_work,
        "other": case.participant if is_work else case.advisor,
        "assignments": assignments(user, case),
        "tools": [
            {
                "tool": tool,
                "place": place_of(request, tool),
                "may_assign": tailoring.may_assign(user, tool),
            }
            for tool in taken
        ],
        "may_give": is_work and case.status == Status.IN_PROGRESS,
    }
    if is_work and case.status in tailoring.TAILORED:
        context |= _suggestions(request, decided)
    return render(request, "trajectories/instruments.html", context)


def place_of(request: DossierRequest, tool: Instrument | None) -> tuple[str, str] | None:
    """Return address and words of where an instrument is done (by the participant) or found in the offerings."""
    if tool is None:
        return None
    if tool.search:
        return f"{reverse('catalog:offerings')}?{urlencode({'q': tool.search})}", _("Look in the offerings")
    if request.kind != ActorKind.PARTICIPANT:
        return None
    places = {
        "workbook": (reverse("trajectories:workbook", args=[request.case.reference]), _("Open the workbook")),
        "plan": (reverse("trajectories:plan", args=[request.case.reference, "A"]), _("Open the plan")),
        "self_test": (reverse("trajectories:self_test"), _("To the self-test")),
    }
    return places.get(tool.place)


def _suggestions(request: DossierRequest, decided: Any) -> dict[str, Any]:
    facts = tailoring.known_facts(request.user, request.case)
    found = tailoring.suggested(request.case, facts, decided)
    return {
        "suggestions": [row for row in found if row.is_taken is None],
        "left": [row for row in found if row.is_taken is False],
        "taken": [row for row in found if row.is_taken],
        "situation": tailoring.situation_words(facts),
        "is_expected": tailoring.situation(request.user, request.case) is None,
    }


@require_POST
@dossier_page(ActorKind.ADVISOR)
def choose(request: DossierRequest) -> HttpResponse:
    """Take a suggestion, leave it, or take that back, in one click."""
    act, _sep, tool = request.POST.get("tool", "").partition(" ")
    kind, _sep, key = tool.partition(" ")
    if act not in TAKE:
        return redirect("trajectories:instruments", request.case.reference)
    services.choose_tool(**by(request), kind=kind, key=key, take=TAKE[act])
    words = {"take": _("It is in the programme."), "leave": _("You left it."), "back": _("Taken back.")}
    messages.success(request, words[act])
    return redirect("trajectories:instruments", request.case.reference)


@require_http_methods(["GET", "POST"])
@dossier_page(ActorKind.ADVISOR)
def situation(request: DossierRequest) -> HttpResponse:
    """Note where the participant stands; the suggestions follow."""
    facts = tailoring.situation_facts(request.user, request.case)
    form = SituationForm(request.POST or None, initial={**facts, "version": request.case.version})
    if request.method == "POST" and form.is_valid():
        args = by(request, form) | {"facts": form.facts}
        if attempt(form, lambda: services.note_situation(**args)):
            messages.success(request, _("Kept. The suggestions fit this situation now."))
            return redirect("trajectories:instruments", request.case.reference)
    return form_page(request, form, "situation")
