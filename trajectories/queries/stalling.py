"""Cases in which nothing is planned, and for how long it has been quiet."""

from datetime import date, timedelta
from typing import Any

from django.db.models import DateTimeField, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Greatest

from portal import clock
from portal.people.models import User
from trajectories.enums import Side, Status, TalkState
from trajectories.enums.terms import term
from trajectories.models import Conversation, Nudge, Trajectory
from trajectories.queries.cases import RUNNING, caseload

# A pause is meant to be quiet.
MAY_STALL = tuple(status for status in RUNNING if status != Status.ON_HOLD)


def with_quiet(rows: QuerySet[Trajectory]) -> QuerySet[Trajectory]:
    """Add since when nothing happened, and when the participant was reminded of that."""
    kept = Conversation.objects.filter(trajectory=OuterRef("pk")).exclude(state=TalkState.CANCELLED)
    last = kept.order_by().values("trajectory").annotate(end=Max("ends_at")).values("end")
    sent = Nudge.objects.filter(trajectory=OuterRef("pk"), quiet_since=OuterRef("quiet_since"))
    return rows.annotate(
        quiet_since=Greatest("status_since", "assigned_at", Subquery(last, output_field=DateTimeField())),
    ).annotate(
        participant_nudged_at=Subquery(sent.filter(side=Side.PARTICIPANT).values("sent_at")[:1]),
        advisor_nudged_at=Subquery(sent.filter(side=Side.ADVISOR).values("sent_at")[:1]),
    )


def quiet_days(case: Any) -> int:
    """Return for how many days nothing has been planned when the case stalls; 0 when it does not."""
    if case.status not in MAY_STALL or case.next_talk_at:
        return 0
    days = (clock.today() - case.quiet_since.astimezone(clock.AMSTERDAM).date()).days
    return days if days >= term("stalled_after_days", clock.today()) else 0


def desk_cases(actor: User) -> QuerySet[Trajectory]:
    """Return the caseload with everything that the desk shows of a case."""
    return with_quiet(caseload(actor))


def monday(day: date) -> date:
    """Return the first day of a day's week."""
    return day - timedelta(days=day.weekday())
