"""Puts the page of a trajectory together."""

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language

from trajectories import workflow
from trajectories.enums import ActorKind, Notebook, TalkState
from trajectories.models import Plan, Trajectory
from trajectories.queries import assignments, informing, notebooks, plans, reading, report_back, self_tests
from trajectories.queries.clicking import asks_whether_it_clicks
from trajectories.queries.facts import facts_of
from trajectories.queries.paying import view_of
from trajectories.queries.standing import LOOKING, standing, status_words, strip
from trajectories.views.base import DossierRequest
from trajectories.views.handing_over import panel
from trajectories.views.labels import MOVE_LABELS, PAGES

LETTERS = ("A", "B", "C")


def page_context(request: DossierRequest) -> dict[str, Any]:
    """Return everything that the page of a trajectory shows to this reader."""
    case, kind, user = request.case, request.kind, request.user
    is_participant = kind == ActorKind.PARTICIPANT
    found = {plan.letter: plan for plan in plans.plans(user, case)}
    letters = LETTERS if is_participant else tuple(found)
    if is_participant:
        plans.note_places(user, [step for plan in found.values() for step in plan.steps.all()])
    talks = list(reading.talks(user, case))
    about = panel(request)
    return {
        "case": case,
        "kind": kind,
        "is_participant": is_participant,
        "other": case.advisor if is_participant else case.participant,
        "is_required": informing.is_required(case.frame),
        "rules": informing.of_trajectory(case.route, case.frame),
        "payer_view": view_of(user, case),
        "steps": strip(case),
        "status": status_words(case),
        "standing": LOOKING if about["is_alone"] else standing(case, kind),
        "turn_url": "" if about["is_alone"] else _turn_url(case, kind),
        "moves": buttons(case, kind),
        "proposal": reading.proposal(user, case),
        "report_draft": report_back.draft(user, case) if is_participant else None,
        "released": report_back.released(user, case) if is_participant else [],
        "suggestions": _suggestions(request),
        "plans": [_plan(letter, found.get(letter)) for letter in letters],
        "has_steps": any(plan.steps.all() for plan in found.values()),
        "talks": reading.numbered([talk for talk in talks if talk.state != TalkState.CANCELLED]),
        "held": sum(talk.is_counted for talk in talks),
        "assignments": assignments.unfinished(user, case),
        "notebooks": _notebooks(request),
        "self_tests": _self_tests(request),
        "handover": about,
        "asks_click": is_participant and asks_whether_it_clicks(case),
        "openings": reading.openings(user, case) if is_participant else [],
        "moved": case.moves.select_related("actor"),
        "pages": [page for page in PAGES if page.shows(case, kind)],
    }


def _plan(letter: str, row: Plan | None) -> tuple[str, Plan | None, Any, Any]:
    """Return what the page shows of a plan: letter, plan, steps by goal, how far it is."""
    return letter, row, plans.grouped(row), plans.progress(row.steps.all() if row else [])


def buttons(case: Trajectory, kind: ActorKind) -> list[dict[str, Any]]:
    """Return the row of buttons that the machine gives: each move with what is still missing for it."""
    # The reason is asked in the form of the button, and consent by a proposal: neither is missing yet.
    facts = facts_of(case, reason="asked below", participant_agrees=True)
    return [
        {
            "to": offer.move.target,
            "label": MOVE_LABELS[(offer.move.source, offer.move.target)],
            "missing": [guard.sentence for guard in offer.missing],
            "needs_reason": offer.move.needs_reason,
            "asks_first": offer.move.needs_consent and kind != ActorKind.PARTICIPANT,
        }
        for offer in workflow.moves_for(case.status, kind, facts, case.rules_version)
        if (offer.move.source, offer.move.target) in MOVE_LABELS
    ]


def _turn_url(case: Trajectory, kind: ActorKind) -> str:
    now = standing(case, kind)
    if now.turn != kind or now.page == "page":
        return ""
    return reverse(f"trajectories:{now.page}", args=[case.reference, *now.more])


def _suggestions(request: DossierRequest) -> list[dict[str, Any]]:
    if request.case.advisor_id or request.kind != ActorKind.PARTICIPANT:
        return []
    rows = request.case.suggestions.select_related("advisor__advisor")
    language = get_language() or "nl"
    return [{"advisor": row.advisor.advisor, "reasons": row.reasons.get(language, [])} for row in rows]


def _self_tests(request: DossierRequest) -> dict[str, Any]:
    """Return which test to propose to the participant, and what the advisor sees now; to the advisor only that."""
    case, user = request.case, request.user
    proposal = self_tests.proposal(case, user) if request.kind == ActorKind.PARTICIPANT else None
    return {"proposal": proposal, "shown": list(self_tests.shown_in(case, user))}


def _notebooks(request: DossierRequest) -> list[dict[str, Any]]:
    newest = notebooks.latest_notes(request.user, request.case)
    return [{"kind": kind.value, "note": newest.get(kind)} for kind in Notebook]
