"""Which trajectories somebody may see, and how they are listed."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import connection
from django.db.models import Count, DateTimeField, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from advisors.models import Advisor
from portal import clock
from portal.people.enums import Role
from portal.people.models import User
from portal.people.queries import has_role
from portal.privacy import wall
from portal.privacy.lookup import get_visible
from trajectories.enums import AssignmentState, Side, Status, TalkKind, TalkState
from trajectories.models import (
    Agreement,
    Assignment,
    ClientPoint,
    Conversation,
    PlanStep,
    Proposal,
    Signature,
    Suggestion,
    Trajectory,
)

OVER = (Status.COMPLETED, Status.REFERRED_ELSEWHERE, Status.STOPPED_EARLY, Status.WITHDRAWN)
RUNNING = tuple(status for status in Status if status not in (*OVER, Status.CLOSED))


WITH_PEOPLE = Trajectory.objects.select_related("participant", "advisor", "faculty")


def visible_to(actor: Any) -> QuerySet[Trajectory]:
    """Return the trajectories in which the actor stands in a relation, with the people and the unit."""
    return wall.visible(WITH_PEOPLE.all(), actor)


def dossier(actor: User, reference: str) -> Trajectory:
    """Return the trajectory for its participant or its advisor only, or raise Http404."""
    return get_visible(_of(actor), actor, reference)


def dossier_with_standing(actor: User, reference: str) -> Trajectory:
    """Return it with what tells whose turn it is, which most pages don't say."""
    return get_visible(with_standing(_of(actor)), actor, reference)


def _of(actor: User) -> QuerySet[Trajectory]:
    mine = Q(participant=actor)
    if has_role(actor, Role.ADVISOR):
        mine |= Q(advisor=actor)
    return WITH_PEOPLE.filter(mine)


def own(actor: User) -> QuerySet[Trajectory]:
    """Return somebody's own trajectories, the newest first."""
    return visible_to(actor).filter(participant=actor).order_by("-requested_at", "-pk")


def current(actor: User) -> Trajectory | None:
    """Return somebody's own trajectory that matters now: running, or closed and waiting for the follow-up."""
    return with_standing(own(actor).filter(status__in=[*RUNNING, Status.CLOSED])).first()


def caseload(actor: User) -> QuerySet[Trajectory]:
    """Return the cases of this advisor that are not over, who waits longest first."""
    rows = visible_to(actor).filter(advisor=actor, status__in=[*RUNNING, Status.CLOSED])
    return with_standing(rows).select_related("request").order_by("status_since", "pk")


def to_assign(actor: User) -> QuerySet[Trajectory]:
    """Return the requests without an advisor, the promised reply first."""
    rows = visible_to(actor).filter(status=Status.REQUESTED, advisor__isnull=True)
    return with_standing(rows).exclude(participant=actor).order_by("reply_due_on", "requested_at", "pk")


def in_service(actor: User) -> QuerySet[Trajectory]:
    """Return the running cases as the coordinator knows them: phase, dates and load."""
    rows = visible_to(actor).filter(status__in=RUNNING, advisor__isnull=False).exclude(participant=actor)
    return rows.order_by("status_since", "pk")


def with_standing(rows: QuerySet[Trajectory]) -> QuerySet[Trajectory]:
    """Add what tells whose turn it is, in the same query: talks, signatures, suggestions, open steps."""
    talks = Conversation.objects.filter(trajectory=OuterRef("pk"), state=TalkState.PLANNED)
    coming = talks.filter(ends_at__gte=clock.now()).order_by("starts_at")
    latest = Agreement.objects.filter(trajectory=OuterRef("pk"), proposed_at__isnull=False).order_by(
        "-number"
    )
    signed = Signature.objects.filter(trajectory=OuterRef("pk"), agreement=Subquery(_latest_of_same()))
    steps = PlanStep.objects.filter(plan__trajectory=OuterRef("pk"), done_at__isnull=True)
    assignments = Assignment.objects.filter(trajectory=OuterRef("pk"))
    held = Conversation.objects.filter(trajectory=OuterRef("pk"), state=TalkState.HELD)
    counted = held.exclude(kind=TalkKind.INTAKE).order_by().values("trajectory").annotate(number=Count("pk"))
    agreed = ClientPoint.objects.filter(trajectory=OuterRef("pk"), is_confirmed=True).order_by()
    points = agreed.values("trajectory").annotate(number=Count("pk")).values("number")
    return rows.annotate(
        client_points_agreed=Coalesce(Subquery(points, output_field=IntegerField()), 0),
        next_talk_at=Subquery(coming.values("starts_at")[:1], output_field=DateTimeField()),
        has_unrecorded_talk=wall.Some(talks.filter(ends_at__lt=clock.now())),
        talks_agreed=Subquery(latest.values("talks")[:1]),
        agreed_until=Subquery(latest.values("ends_on")[:1]),
        signed_by_participant=wall.Some(signed.filter(side=Side.PARTICIPANT)),
        signed_by_advisor=wall.Some(signed.filter(side=Side.ADVISOR)),
        has_suggestions=wall.Some(Suggestion.objects.filter(trajectory=OuterRef("pk"))),
        has_open_step=wall.Some(steps),
        has_assignment_to_do=wall.Some(assignments.filter(state=AssignmentState.OPEN)),
        has_assignment_to_answer=wall.Some(assignments.filter(state=AssignmentState.HANDED_IN)),
        has_question_for_participant=wall.Some(
            Proposal.objects.filter(trajectory=OuterRef("pk"), answered_at__isnull=True)
        ),
        talks_held=Coalesce(Subquery(counted.values("number"), output_field=IntegerField()), 0),
    )


def _latest_of_same() -> QuerySet[Agreement, Any]:
    newest = Agreement.objects.filter(trajectory=OuterRef("trajectory"), proposed_at__isnull=False)
    return newest.order_by("-number").values("pk")[:1]


def loads(advisor_keys: Collection[int]) -> Mapping[int, int]:
    """Return the number of running cases by advisor key, for whoever asks: sums only, no rows."""
    with connection.cursor() as cursor:
        cursor.execute("select advisor_id, cases from trajectories_loads()")
        by_user = dict(cursor.fetchall())
    pairs = Advisor.objects.filter(pk__in=advisor_keys).values_list("pk", "user_id")
    return {key: by_user.get(user, 0) for key, user in pairs}
