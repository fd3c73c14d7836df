"""Intake, the points agreed with a client, agreement and signatures."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal import clock
from portal.people.models import User
from trajectories import emails
from trajectories.enums import ActorKind, Handling, Side, Status, TalkKind, TalkMode, TalkState, TypedPage
from trajectories.enums.words import items
from trajectories.errors import Blocked, NoSuchMove, NotYours, Stale
from trajectories.models import Agreement, ClientPoint, IntakeAspect, IntendedResult, Signature, Trajectory
from trajectories.models.agreement import FACTS, TEXTS
from trajectories.queries.facts import agreement_draft, agreement_on_table, aspects_of, facts_of
from trajectories.services.booking import check_free, check_times
from trajectories.services.drafting import forget_typed
from trajectories.services.moving import advance, apply, kind_of, lock, save
from trajectories.services.paying import show_to_payer, split_off
from trajectories.services.talking import hold, make_talk
from trajectories.workflow import missing

# What an agreement starts with; advisor and participant change it as they see fit.
USUAL_TERM = timedelta(days=120)
USUAL_TALKS = 5
BOTH = (ActorKind.PARTICIPANT, ActorKind.ADVISOR)


@transaction.atomic
def plan_intake(
    *,
    actor: User,
    trajectory: Trajectory,
    starts_at: datetime,
    ends_at: datetime,
    mode: str = TalkMode.FACE_TO_FACE,
    place: str = "",
    version: int | None = None,
) -> Trajectory:
    """Plan the first conversation, which takes a request to the intake; both get an invitation.

    The participant has the free times of the advisor. Once more when the planned one was called off because another
    advisor came, or when nobody came to it.
    """
    case = lock(actor, trajectory, version)
    kind = kind_of(actor, case)
    check_times(starts_at, ends_at)
    if case.advisor is not None:
        check_free(kind, case, starts_at, ends_at)
    talk: dict[str, Any] = {"mode": mode, "place": place, "starts_at": starts_at, "ends_at": ends_at}
    if kind in BOTH and case.status == Status.INTAKE_PLANNED and not _has_intake(case):
        case.intake_at = starts_at
        save(case)
        make_talk(case, kind=TalkKind.INTAKE, **talk)
        return case
    facts = facts_of(case, intake_date_set=True)
    step = case.rules.between(case.status, Status.INTAKE_PLANNED)
    if step is None or kind not in step.actors:
        raise NoSuchMove
    if gaps := missing(step, facts):
        raise Blocked(*(guard.sentence for guard in gaps))
    case.intake_at = starts_at
    apply(case, actor=actor, kind=kind, to=Status.INTAKE_PLANNED, intake_date_set=True)
    make_talk(case, kind=TalkKind.INTAKE, **talk)
    return case


def _has_intake(case: Trajectory) -> bool:
    return case.conversations.filter(kind=TalkKind.INTAKE, state=TalkState.PLANNED).exists()


@transaction.atomic
def record_intake(
    *,
    actor: User,
    trajectory: Trajectory,
    aspects: Mapping[str, tuple[str, str]],
    finish: bool = True,
    version: int | None = None,
) -> Trajectory:
    """Keep each point as (done or skipped, note); with `finish` the intake is done when none is open."""
    case = lock(actor, trajectory, version)
    if kind_of(actor, case) != ActorKind.ADVISOR:
        raise NotYours
    if case.status != Status.INTAKE_PLANNED:
        raise NoSuchMove
    for key in aspects_of(case):
        handling, note = aspects.get(key, ("", ""))
        if handling in list(Handling):
            values = {"handling": handling, "note": note, "handled_at": clock.now()}
            IntakeAspect.objects.update_or_create(trajectory=case, key=key, defaults=values)
        else:
            case.intakeaspects.filter(key=key).delete()
    forget_typed(case, TypedPage.INTAKE)
    if not finish:
        save(case)
        return case
    planned = case.conversations.filter(kind=TalkKind.INTAKE, state=TalkState.PLANNED)
    for talk in planned:
        hold(talk, min(clock.today(), talk.starts_at.astimezone(clock.AMSTERDAM).date()))
        case.intake_at = talk.starts_at
    return apply(case, actor=actor, kind=ActorKind.ADVISOR, to=Status.INTAKE_DONE)


@transaction.atomic
def record_client_points(
    *, actor: User, trajectory: Trajectory, points: Mapping[str, tuple[str, bool]], version: int | None = None
) -> Trajectory:
    """Keep what was agreed with whoever referred the participant: per point the text and whether confirmed.

    The first time after the intake, this takes the case to the alignment.
    """
    case = lock(actor, trajectory, version)
    if kind_of(actor, case) != ActorKind.ADVISOR:
        raise NotYours
    if case.status == Status.INTAKE_DONE:
        case = apply(case, actor=actor, kind=ActorKind.ADVISOR, to=Status.CLIENT_ALIGNMENT)
    if case.status != Status.CLIENT_ALIGNMENT:
        raise NoSuchMove
    for key in items("intake", "client_alignment_points"):
        text, confirmed = points.get(key, ("", False))
        values = {"text": text, "is_confirmed": bool(confirmed and text.strip())}
        ClientPoint.objects.update_or_create(trajectory=case, key=key, defaults=values)
    forget_typed(case, TypedPage.CLIENT)
    save(case)
    return case


@transaction.atomic
def save_agreement(
    *,
    actor: User,
    trajectory: Trajectory,
    values: Mapping[str, Any],
    results: Iterable[tuple[str, int | None]],
    version: int | None = None,
) -> Agreement:
    """Write the draft of the next version; `results` are texts with the number of talks after which."""
    case = lock(actor, trajectory, version)
    if kind_of(actor, case) != ActorKind.ADVISOR:
        raise NotYours
    if case.status not in (Status.INTAKE_DONE, Status.CLIENT_ALIGNMENT):
        raise NoSuchMove
    draft = agreement_draft(case) or Agreement(trajectory=case, number=_next_number(case), written_by=actor)
    for name in (*TEXTS, *FACTS):
        if name in values:
            setattr(draft, name, values[name])
    draft.save()
    draft.results.all().delete()
    for order, (text, after) in enumerate(results):
        if text.strip():
            IntendedResult.objects.create(
                trajectory=case, agreement=draft, text=text.strip(), after_talks=after, order=order
            )
    forget_typed(case, TypedPage.AGREEMENT)
    save(case)
    return draft


@transaction.atomic
def propose_agreement(*, actor: User, trajectory: Trajectory, version: int | None = None) -> Trajectory:
    """Put the draft before both for signing; from now on this version does not change."""
    case = lock(actor, trajectory, version)
    kind = kind_of(actor, case)
    apply(case, actor=actor, kind=kind, to=Status.AGREEMENT_PROPOSED)
    draft = agreement_draft(case)
    if draft is None:
        raise NoSuchMove
    draft.proposed_at = clock.now()
    draft.digest = draft.fingerprint([result.text for result in draft.results.all()])
    draft.save()
    split_off(case, draft)
    return case


@transaction.atomic
def sign(*, actor: User, trajectory: Trajectory, digest: str) -> Trajectory:
    """Sign exactly the version one has read (its digest); the last signature starts the execution."""
    case = lock(actor, trajectory)
    kind = kind_of(actor, case)
    if kind not in (ActorKind.PARTICIPANT, ActorKind.ADVISOR):
        raise NotYours
    agreement = agreement_on_table(case)
    if case.status != Status.AGREEMENT_PROPOSED or agreement is None:
        raise NoSuchMove
    if agreement.digest != digest:
        raise Stale
    side = Side(kind.value)
    row, is_new = Signature.objects.get_or_create(
        agreement=agreement,
        side=side,
        defaults={"trajectory": case, "user": actor, "digest": digest, "signed_at": clock.now()},
    )
    if not is_new:
        return case
    save(case)
    if side == Side.PARTICIPANT:
        show_to_payer(agreement)
    step = case.rules.between(case.status, Status.IN_PROGRESS)
    if step and not missing(step, facts_of(case)):
        return advance(case, actor=actor, to=Status.IN_PROGRESS)
    emails.signed(case, row)
    return case


@transaction.atomic
def return_agreement(
    *, actor: User, trajectory: Trajectory, reason: str, version: int | None = None
) -> Trajectory:
    """Take a proposed agreement back to the drawing board; the next version starts as a copy, unsigned."""
    case = lock(actor, trajectory, version)
    kind = kind_of(actor, case)
    return apply(case, actor=actor, kind=kind, to=Status.INTAKE_DONE, reason=reason)


def _next_number(case: Trajectory) -> int:
    last = case.agreements.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def prefill(trajectory: Trajectory) -> dict[str, Any]:
    """Return what the form of the agreement starts with: the last version, or what the intake tells."""
    last = trajectory.agreements.order_by("-number").first()
    if last:
        return {name: getattr(last, name) for name in (*TEXTS, *FACTS)} | {
            "results": list(last.results.all())
        }
    notes = {row.key: row.note for row in trajectory.intakeaspects.all()}
    return {
        "question_and_goal": notes.get("question_clear", "") or trajectory.request.question,
        "expected_results": notes.get("intended_results_written", ""),
        "way_of_working": _("Talks of an hour, with a small assignment in between."),
        "participant_input": notes.get("roles_agreed", ""),
        "reporting_and_feedback": notes.get("third_party_feedback", "") or _("Nobody is told anything."),
        "starts_on": clock.today(),
        "ends_on": clock.today() + USUAL_TERM,
        "talks": USUAL_TALKS,
        "cost": 0,
        "advisor_input": _("Prepare the talks, listen, ask on, and answer within three working days."),
        "replacement": _("After four weeks of illness a colleague takes over, once the participant agrees."),
        "guidance_type": "career_advice",
        "results": [IntendedResult(text=line) for line in _lines(notes.get("intended_results_written", ""))],
    }


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
