"""The only door to a trajectory's status."""

from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal import clock
from portal.people.enums import Role
from portal.people.models import User
from portal.people.queries import has_role
from trajectories import emails, signals
from trajectories.enums import ActorKind, Status, TalkState
from trajectories.errors import Blocked, NoSuchMove, NotYours, Stale, TrajectoryError
from trajectories.models import Move, Proposal, Trajectory
from trajectories.queries.cases import visible_to
from trajectories.queries.facts import facts_of
from trajectories.services.calling_off import call_off_coming
from trajectories.services.referring import keep_referrer_informed
from trajectories.services.taking_back import is_unopened, take_back
from trajectories.workflow import applies, missing

# Steps that take more along than the status: the talk that was held, the version that is put before both.
WITH_MORE = frozenset(
    {
        (Status.INTAKE_PLANNED, Status.INTAKE_DONE),  # record_intake
        (Status.INTAKE_DONE, Status.AGREEMENT_PROPOSED),  # propose_agreement
        (Status.CLIENT_ALIGNMENT, Status.AGREEMENT_PROPOSED),
    }
)


def lock(actor: User, trajectory: Trajectory, version: int | None = None) -> Trajectory:
    """Return the row as it is now, held until the transaction ends; Stale when the page was older."""
    rows = visible_to(actor).select_for_update(of=("self",))
    fresh = rows.filter(pk=trajectory.pk).first()
    if fresh is None:
        raise NotYours
    if version is not None and fresh.version != version:
        raise Stale
    return fresh


def kind_of(actor: User, trajectory: Trajectory) -> ActorKind:
    """Return in which relation the actor stands to this case; one's own case goes before any role."""
    if actor.pk == trajectory.participant_id:
        return ActorKind.PARTICIPANT
    if actor.pk == trajectory.advisor_id and has_role(actor, Role.ADVISOR):
        return ActorKind.ADVISOR
    if has_role(actor, Role.COORDINATOR):
        return ActorKind.COORDINATOR
    raise NotYours


@transaction.atomic
def move(
    *, actor: User, trajectory: Trajectory, to: str, reason: str = "", version: int | None = None
) -> Trajectory:
    """Take one step that the actor may take; raises NoSuchMove, Blocked (with what is missing) or Stale.

    A request that is withdrawn before anybody opened it is erased; the returned row then is in memory only.
    """
    case = lock(actor, trajectory, version)
    kind = kind_of(actor, case)
    if (case.status, to) in WITH_MORE:
        raise NoSuchMove
    if to == Status.WITHDRAWN and kind == ActorKind.PARTICIPANT and is_unopened(case):
        case.status = Status.WITHDRAWN
        keep_referrer_informed(case)
        take_back(case)
        return case
    return apply(case, actor=actor, kind=kind, to=to, reason=reason, agrees=kind == ActorKind.PARTICIPANT)


def advance(case: Trajectory, *, actor: User, to: str, **known: Any) -> Trajectory:
    """Take the step that follows by itself (last signature, second rating, end of the follow-up)."""
    return apply(case, actor=actor, kind=ActorKind.SYSTEM, to=to, **known)


def apply(
    case: Trajectory,
    *,
    actor: User,
    kind: ActorKind,
    to: str,
    reason: str = "",
    agrees: bool = False,
    **known: Any,
) -> Trajectory:
    """Check the table and carry a move out on a locked case: status, dates, history, mail, signals."""
    step = case.rules.between(case.status, to)
    facts = facts_of(case, reason=reason, participant_agrees=agrees, **known)
    if step is None or kind not in step.actors or not applies(step, facts):
        raise NoSuchMove
    gaps = missing(step, facts)
    if gaps:
        raise Blocked(*(guard.sentence for guard in gaps))
    source = case.status
    arrive(case, to)
    row = Move.objects.create(
        trajectory=case, source=source, target=to, actor=actor, kind=kind, reason=reason
    )
    if source == Status.AGREEMENT_PROPOSED and to != Status.IN_PROGRESS:
        for view in case.payerviews.filter(taken_back_at__isnull=True):
            view.taken_back_at = clock.now()
            view.save()
    if case.is_over:
        call_off_coming(case, by=actor)
    keep_referrer_informed(case)
    _tell(case, actor, source)
    emails.moved(case, row)
    return case


def arrive(case: Trajectory, to: str) -> None:
    """Set status and dates."""
    now, source = clock.now(), case.status
    case.status, case.status_since = to, now
    if to == Status.IN_PROGRESS:
        case.started_at = case.started_at or now
        _start_anew(case, source)
    if to == Status.CLOSED:
        case.closed_at = now
    if to in (Status.CLOSED, Status.STOPPED_EARLY, Status.WITHDRAWN, Status.REFERRED_ELSEWHERE):
        case.ended_at = now
    save(case)


def save(case: Trajectory) -> None:
    """Save a locked case under a new version number, so that older pages are recognised."""
    case.version += 1
    try:
        with transaction.atomic():
            case.save()
    except IntegrityError as error:
        if "trajectory_one_at_a_time" in str(error):
            raise TrajectoryError(_("There is already another trajectory that runs.")) from error
        raise


def _start_anew(case: Trajectory, source: str) -> None:
    """After closing or closed: ratings are asked again in a next round."""
    if source in (Status.CLOSING, Status.CLOSED):
        case.round += 1
        case.participant_rated_at = case.advisor_rated_at = None
        case.closed_at = case.ended_at = None


def _tell(case: Trajectory, actor: User, source: str) -> None:
    sent: dict[tuple[str, str], Callable[[], object]] = {
        (Status.CLOSING, Status.CLOSED): lambda: signals.closed.send(
            Trajectory, trajectory=case, actor=actor
        ),
        (Status.CLOSED, Status.IN_PROGRESS): lambda: signals.reopened.send(
            Trajectory, trajectory=case, actor=actor
        ),
        (Status.CLOSED, Status.COMPLETED): lambda: signals.completed.send(
            Trajectory, trajectory=case, actor=actor
        ),
        (Status.AGREEMENT_PROPOSED, Status.IN_PROGRESS): lambda: signals.started.send(
            Trajectory, trajectory=case, actor=actor
        ),
    }
    if case.status == Status.STOPPED_EARLY:
        held = case.conversations.filter(state=TalkState.HELD).count()
        signals.stopped_early.send(Trajectory, trajectory=case, actor=actor, held=held)
    sent.get((source, case.status), lambda: None)()


@transaction.atomic
def propose_move(*, actor: User, trajectory: Trajectory, to: str, reason: str) -> Proposal:
    """Ask the participant to agree with a move that needs it."""
    case = lock(actor, trajectory)
    kind, step = kind_of(actor, case), case.rules.between(case.status, to)
    if step is None or not step.needs_consent or kind not in step.actors or kind == ActorKind.PARTICIPANT:
        raise NoSuchMove
    gaps = missing(step, facts_of(case, reason=reason, participant_agrees=True))
    if gaps:
        raise Blocked(*(guard.sentence for guard in gaps))
    if case.proposals.filter(answered_at__isnull=True).exists():
        raise TrajectoryError(_("The participant has not answered an earlier question yet."))
    row = Proposal.objects.create(trajectory=case, target=to, reason=reason, proposed_by=actor)
    emails.proposed(case, row)
    return row


@transaction.atomic
def answer_proposal(*, actor: User, proposal: Proposal, agrees: bool) -> Trajectory:
    """Agree, which carries the move out, or decline, which leaves everything as it was."""
    case = lock(actor, proposal.trajectory)
    if actor.pk != case.participant_id:
        raise NotYours
    row = case.proposals.filter(pk=proposal.pk, answered_at__isnull=True).first()
    if row is None:
        raise Stale
    row.answered_at, row.is_agreed = clock.now(), agrees
    row.save()
    if not agrees:
        return case
    kind = kind_of(row.proposed_by, case)
    return apply(case, actor=row.proposed_by, kind=kind, to=row.target, reason=row.reason, agrees=True)
