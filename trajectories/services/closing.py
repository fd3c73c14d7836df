"""Closing, ratings and the ends that come before it."""

from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from portal import clock
from portal.interface.moments import day
from portal.people.models import User
from trajectories import emails
from trajectories.enums import ActorKind, Side, Status
from trajectories.errors import Blocked, NoSuchMove, NotYours
from trajectories.models import IntendedResult, Rating, Trajectory
from trajectories.models.closing import RATINGS
from trajectories.queries.closing import closes_alone_on, results_to_rate
from trajectories.services.looking_back import state_outcome
from trajectories.services.moving import advance, kind_of, lock, move, save

VALUES = {key for key, _label in RATINGS}


@transaction.atomic
def start_closing(*, actor: User, trajectory: Trajectory, version: int | None = None) -> Trajectory:
    """Go to closing after the final talk; both are asked for their view of each result."""
    return move(actor=actor, trajectory=trajectory, to=Status.CLOSING, version=version)


@transaction.atomic
def rate_results(
    *,
    actor: User,
    trajectory: Trajectory,
    ratings: Mapping[str, str],
    unplanned: str = "",
    outcome: tuple[str, Collection[str]] | None = None,
    version: int | None = None,
) -> Trajectory:
    """Give one's view of every result (by reference); the second view closes the trajectory.

    Results that nobody planned may be added, one a line; who names one rates it as achieved. `outcome` is
    where the participant stands now: the main one, and others beside it.
    """
    case = lock(actor, trajectory, version)
    kind = kind_of(actor, case)
    if kind not in (ActorKind.PARTICIPANT, ActorKind.ADVISOR):
        raise NotYours
    side = Side(kind.value)
    if case.status != Status.CLOSING or _rated_at(case, side):
        raise NoSuchMove
    results = list(results_to_rate(case))
    if any(ratings.get(result.reference) not in VALUES for result in results):
        raise Blocked(_("Choose an answer for each result."))
    for result in results:
        _rate(case, result, side, actor, ratings[result.reference])
    for text in filter(None, map(str.strip, unplanned.splitlines())):
        extra = IntendedResult.objects.create(
            trajectory=case, text=text, named_by=actor, order=100 + len(results)
        )
        _rate(case, extra, side, actor, "achieved")
    if outcome and side == Side.PARTICIPANT:
        state_outcome(case, *outcome)
    setattr(case, f"{side}_rated_at", clock.now())
    save(case)
    if case.both_rated:
        return advance(case, actor=actor, to=Status.CLOSED)
    emails.rated(case, side)
    return case


@transaction.atomic
def close_alone(*, actor: User, trajectory: Trajectory, version: int | None = None) -> Trajectory:
    """Close without the view of a participant who does not or can't give it; it stays marked as not answered."""
    case = lock(actor, trajectory, version)
    if kind_of(actor, case) != ActorKind.ADVISOR:
        raise NotYours
    opens_on = closes_alone_on(case)
    if opens_on is None:
        raise NoSuchMove
    if opens_on > clock.today():
        raise Blocked(
            _("The participant may still answer. You can close without their view from %(day)s on.")
            % {"day": day(opens_on)}
        )
    return advance(case, actor=actor, to=Status.CLOSED, participant_is_silent=True)


def _rated_at(case: Trajectory, side: Side) -> bool:
    return bool(case.participant_rated_at if side == Side.PARTICIPANT else case.advisor_rated_at)


def _rate(case: Trajectory, result: IntendedResult, side: str, actor: User, value: str) -> Rating:
    return Rating.objects.create(
        trajectory=case,
        result=result,
        side=side,
        rater=actor,
        round=case.round,
        value=value,
        rated_at=clock.now(),
    )


@transaction.atomic
def withdraw(*, actor: User, trajectory: Trajectory, version: int | None = None) -> Trajectory:
    """Withdraw before the agreement is signed; no reason is asked."""
    return move(actor=actor, trajectory=trajectory, to=Status.WITHDRAWN, version=version)


@transaction.atomic
def stop_early(*, actor: User, trajectory: Trajectory, reason: str, version: int | None = None) -> Trajectory:
    """Stop a running trajectory, with a reason that only the two of them read."""
    return move(actor=actor, trajectory=trajectory, to=Status.STOPPED_EARLY, reason=reason, version=version)


@transaction.atomic
def pause(*, actor: User, trajectory: Trajectory, reason: str, version: int | None = None) -> Trajectory:
    """Put a running trajectory on hold."""
    return move(actor=actor, trajectory=trajectory, to=Status.ON_HOLD, reason=reason, version=version)


@transaction.atomic
def resume(*, actor: User, trajectory: Trajectory, version: int | None = None) -> Trajectory:
    """Go on after a pause."""
    return move(actor=actor, trajectory=trajectory, to=Status.IN_PROGRESS, version=version)


@transaction.atomic
def reopen(*, actor: User, trajectory: Trajectory, reason: str, version: int | None = None) -> Trajectory:
    """Open a closed trajectory again within 30 days; an advisor asks the participant first (`propose_move`)."""
    case = lock(actor, trajectory, version)
    if case.status != Status.CLOSED:
        raise NoSuchMove
    return move(actor=actor, trajectory=case, to=Status.IN_PROGRESS, reason=reason)


@transaction.atomic
def complete(*, actor: User, trajectory: Trajectory) -> Trajectory:
    """End a closed trajectory whose follow-up was answered or has expired (the floor above says so)."""
    case = lock(actor, trajectory)
    return advance(case, actor=actor, to=Status.COMPLETED, follow_up_over=True)
