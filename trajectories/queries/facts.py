"""Gathers what the guards of the next moves need to know, and nothing more."""

from collections.abc import Callable
from typing import Any

from advisors import queries as advisors
from portal import clock
from trajectories.enums import Handling, Payer, Side, TalkKind, TalkState
from trajectories.enums.words import items
from trajectories.models import Agreement, PayerView, Trajectory
from trajectories.workflow import Facts
from trajectories.workflow.components import components, open_groups, open_standard

Found = dict[str, Any]


def facts_of(trajectory: Trajectory, **known: Any) -> Facts:
    """Return the facts that the moves from the present status ask for; `known` adds what the actor brings."""
    asked = {
        guard.key
        for move in trajectory.rules.moves
        if move.source == trajectory.status
        for guard in move.guards
    }
    found: Found = {"referred": trajectory.is_referred, "advisor_assigned": trajectory.advisor_id is not None}
    for gather, keys in GATHERERS.items():
        if asked & keys:
            found |= gather(trajectory)
    return Facts(**(found | known))


def open_aspects(trajectory: Trajectory) -> list[str]:
    """Return the keys of the intake points that were neither handled nor left out with a reason."""
    rows = {row.key: row for row in trajectory.intakeaspects.all()}
    return [key for key in aspects_of(trajectory) if not _is_settled(rows.get(key))]


def aspects_of(trajectory: Trajectory) -> list[str]:
    """Return the keys of the intake points that count for this case."""
    aspects = items("intake", "intake_aspects").values()
    return [a.key for a in aspects if a.when == "always" or trajectory.is_referred]


def open_components(trajectory: Trajectory) -> list[str]:
    """Return what holds up the closing: open standard components, and groups of which nothing was done."""
    states = {row.key: row.handling for row in trajectory.componentstates.all()}
    version = trajectory.rules_version
    return open_standard(states, seen_components(trajectory), version) + open_groups(states, version)


def standard_components() -> list[str]:
    """Return the keys of the components that every trajectory has."""
    return [found.key for found in components() if found.is_standard]


def agreement_on_table(trajectory: Trajectory) -> Agreement | None:
    """Return the version that was proposed last."""
    return trajectory.agreements.filter(proposed_at__isnull=False).first()


def agreement_draft(trajectory: Trajectory) -> Agreement | None:
    """Return the version that the advisor is still writing."""
    return trajectory.agreements.filter(proposed_at__isnull=True).first()


def _is_settled(row: Any) -> bool:
    return row is not None and (row.handling == Handling.DONE or bool(row.note.strip()))


def seen_components(trajectory: Trajectory) -> list[str]:
    """Return the components of which the dossier itself shows that they were done."""
    held = {talk.kind for talk in trajectory.conversations.all() if talk.state == TalkState.HELD}
    seen = {
        "conversations": TalkKind.TALK in held,
        "final_interview": TalkKind.FINAL in held,
        "action_plan": any(plan.steps.all() for plan in trajectory.plans.prefetch_related("steps")),
    }
    return [key for key, happened in seen.items() if happened]


def _request(trajectory: Trajectory) -> Found:
    # The database keeps the text from a coordinator after assigning; that a request exists is certain.
    request = getattr(trajectory, "request", None)
    return {
        "has_question": request is None or bool(request.question.strip()),
        "route_and_frame_known": bool(trajectory.route and trajectory.frame),
    }


def _advisor(trajectory: Trajectory) -> Found:
    return {"advisor_may_take_cases": trajectory.advisor is not None and may_take(trajectory)}


def may_take(trajectory: Trajectory) -> bool:
    """Tell whether the advisor of the case may still take it; the case itself does not fill a place."""
    advisor = advisors.advisor_of(trajectory.advisor) if trajectory.advisor else None
    if advisor is None:
        return False
    load = {advisor.pk: max(advisors.current_load([advisor.pk]).get(advisor.pk, 0) - 1, 0)}
    found = advisors.candidates(
        participant=trajectory.participant,
        question_types=(),
        language=trajectory.language,
        on=clock.today(),
        load=load,
        among=[advisor.pk],
    )
    return bool(found) and found[0].can_take_case


def _intake(trajectory: Trajectory) -> Found:
    explained = trajectory.intakeaspects.filter(key="confidentiality_explained", handling=Handling.DONE)
    return {"open_aspects": len(open_aspects(trajectory)), "confidentiality_explained": explained.exists()}


def _client(trajectory: Trajectory) -> Found:
    points = items("intake", "client_alignment_points")
    agreed = trajectory.clientpoints.filter(is_confirmed=True, key__in=points)
    return {"client_points_open": len(points) - agreed.count()}


def _agreement(trajectory: Trajectory) -> Found:
    draft = agreement_draft(trajectory)
    gaps = len(draft.gaps()) + (0 if draft.results.exists() else 1) if draft else 1
    return {"agreement_gaps": gaps}


def _signatures(trajectory: Trajectory) -> Found:
    agreement = agreement_on_table(trajectory)
    if agreement is None:
        return {}
    valid = agreement.signatures.filter(digest=agreement.digest).values_list("side", flat=True)
    return {
        "signed_by": frozenset(valid),
        "payer_is_someone_else": agreement.payer not in (Payer.CENTRAL, Payer.PARTICIPANT),
        "payer_signed": PayerView.objects.filter(
            agreement=agreement, digest=agreement.digest, signed_at__isnull=False
        ).exists(),
    }


def _talks(trajectory: Trajectory) -> Found:
    talks = list(trajectory.conversations.all())
    final = [t for t in talks if t.kind == TalkKind.FINAL and t.state == TalkState.HELD]
    return {
        "open_conversations": sum(talk.state == TalkState.PLANNED for talk in talks),
        "final_interview_held": bool(final),
        "open_components": len(open_components(trajectory)),
    }


def _closing(trajectory: Trajectory) -> Found:
    instants = {Side.PARTICIPANT: trajectory.participant_rated_at, Side.ADVISOR: trajectory.advisor_rated_at}
    since = (
        (clock.today() - trajectory.closed_at.astimezone(clock.AMSTERDAM).date()).days
        if trajectory.closed_at
        else None
    )
    return {"rated_by": frozenset(side for side, at in instants.items() if at), "days_since_closing": since}


GATHERERS: dict[Callable[[Trajectory], Found], set[str]] = {
    _request: {"request_has_question"},
    _advisor: {"advisor_may_take_cases"},
    _intake: {"intake_aspects_handled"},
    _client: {"client_points_agreed"},
    _agreement: {"agreement_complete"},
    _signatures: {"agreement_signed_by_both"},
    _talks: {"no_open_conversations"},
    _closing: {"results_rated_by_both", "within_reopening_term"},
}
