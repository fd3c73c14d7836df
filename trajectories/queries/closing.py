"""Results and their ratings, what else belongs to a closing, and what the floor above asks about closings."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from portal import clock
from portal.people.models import User
from portal.privacy import wall
from trajectories.enums import Side, Status, TalkKind, TalkState
from trajectories.enums.self_test import Moment
from trajectories.enums.terms import term
from trajectories.enums.words import Item, items
from trajectories.models import (
    Agreement,
    Conversation,
    Discussion,
    IntendedResult,
    LaterAddress,
    Outcome,
    Rating,
    SelfTest,
    Trajectory,
)


@dataclass(frozen=True)
class Views:
    """What both sides think of one result; the other's view is absent until both are in."""

    result: IntendedResult
    participant: Rating | None
    advisor: Rating | None

    @property
    def differ(self) -> bool:
        """Tell whether the two see it differently, so that it is worth a talk."""
        both = self.participant and self.advisor
        return bool(both and self.participant.value != self.advisor.value)  # type: ignore[union-attr]


def results_to_rate(trajectory: Trajectory) -> QuerySet[IntendedResult]:
    """Return the results of the signed agreement."""
    return trajectory.intendedresults.filter(agreement=_signed(trajectory))


def all_results(trajectory: Trajectory) -> QuerySet[IntendedResult]:
    """Return the same, and the unplanned ones: one's own, and the other's once both have rated."""
    rows = trajectory.intendedresults.filter(Q(agreement=_signed(trajectory)) | Q(agreement__isnull=True))
    return rows.select_related("named_by")


def _signed(trajectory: Trajectory) -> Agreement | None:
    return trajectory.agreements.filter(proposed_at__isnull=False).order_by("-number").first()


def side_by_side(trajectory: Trajectory) -> list[Views]:
    """Return each result with both ratings of this round; the other's is absent until both are in."""
    rows = {
        (row.result_id, row.side): row
        for row in Rating.objects.filter(trajectory=trajectory, round=trajectory.round)
    }
    views = [
        Views(result, rows.get((result.pk, Side.PARTICIPANT)), rows.get((result.pk, Side.ADVISOR)))
        for result in all_results(trajectory)
    ]
    # What nobody had planned belongs to the round in which it was named.
    return [view for view in views if not view.result.is_unplanned or view.participant or view.advisor]


def outcome(actor: User, case: Trajectory) -> Outcome | None:
    """Return where the participant stands at this closing: to the advisor once both have rated."""
    return wall.visible(Outcome, actor).filter(trajectory=case, round=case.round).first()


def discussion(actor: User, case: Trajectory) -> dict[str, Discussion]:
    """Return the answers to the questions of this closing by key."""
    rows = wall.visible(Discussion, actor).filter(trajectory=case, round=case.round)
    return {row.key: row for row in rows.select_related("written_by")}


def may_leave_address(case: Trajectory) -> bool:
    """Tell whether a follow-up may come for which an address is asked (decision 9)."""
    if case.status == Status.STOPPED_EARLY:
        return talked(case)
    return case.status in (Status.CLOSING, Status.CLOSED)


def talked(case: Trajectory) -> bool:
    """Tell whether a conversation was held; the intake comes before and does not count."""
    held = Conversation.objects.filter(trajectory=case, state=TalkState.HELD)
    return held.exclude(kind=TalkKind.INTAKE).exists()


def later_address(participant: User, trajectory_id: int) -> str:
    """Return where the follow-up may go when the participant has left; empty without consent."""
    row = wall.visible(LaterAddress, participant).filter(trajectory_id=trajectory_id).first()
    return row.email if row else ""


def closes_alone_on(case: Trajectory) -> date | None:
    """Return from which day on the advisor may close without the participant's view: at once for who has left.

    None while the advisor's own view is not in, or when both are.
    """
    if case.status != Status.CLOSING or not case.advisor_rated_at or case.participant_rated_at:
        return None
    if not case.participant.is_active:
        return clock.today()
    # Counted from the question to the participant, so that an advisor can't close the day after asking.
    asked_on = max(case.status_since, case.advisor_rated_at).astimezone(clock.AMSTERDAM).date()
    return asked_on + timedelta(days=term("closing_waits_days", clock.today()))


@dataclass(frozen=True)
class Step:
    """One step of the closing, and whether it was taken."""

    item: Item
    is_done: bool


def steps(case: Trajectory, actor: User) -> list[Step]:
    """Return the steps of the closing; of the other's view only whether it is in, as the mail says too."""
    both = case.is_looked_back_on
    unplanned = any(result.is_unplanned for result in all_results(case))
    done = {
        "take_intended_results": case.status != Status.IN_PROGRESS,
        "repeat_self_test": wall.visible(SelfTest, actor).filter(trajectory=case, moment=Moment.END).exists(),
        "advisor_assesses": bool(case.advisor_rated_at),
        "participant_assesses": bool(case.participant_rated_at),
        "discuss_together": both and bool(discussion(actor, case)),
        "name_other_results": unplanned,
    }
    return [Step(item, done[key]) for key, item in items("trajectory", "closing", "steps").items()]


def closed_between(start: date, end: date, *, using: str = "default") -> QuerySet[Trajectory]:
    """Return the trajectories that closed from `start` to `end` (both included, Amsterdam days)."""
    return Trajectory.objects.using(using).filter(closed_at__date__gte=start, closed_at__date__lte=end)
