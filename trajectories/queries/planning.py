"""Which times suit the advisor and the participant of one case, and how many conversations are left."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from advisors.queries import advisor_of
from advisors.queries.availability import from_tomorrow, list_end, planning_of
from advisors.queries.freetimes import Planning, Remark, Span, free_times, remarks
from portal import clock
from trajectories.enums import TalkKind, TalkState
from trajectories.models import Conversation, Trajectory
from trajectories.queries.facts import agreement_on_table

DAY = timedelta(days=1)
COUNTED = (TalkState.PLANNED, TalkState.HELD)


def taken(people: Collection[int], since: datetime, until: datetime) -> Mapping[int, list[Span]]:
    """Return the times that planned conversations take of these people (user keys): times, nothing else.

    The database answers for advisors, for the viewer, and for the participants of the viewer's cases.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select person_id, starts_at, ends_at from trajectories_taken(%s, %s, %s)",
            [list(people), since, until],
        )
        rows = cursor.fetchall()
    found: dict[int, list[Span]] = {person: [] for person in people}
    for person, starts_at, ends_at in rows:
        found[person].append(Span(starts_at, ends_at))
    return found


@dataclass(frozen=True)
class Agenda:
    """The hours of the advisor, and what is taken of both between two instants."""

    planning: Planning
    since: datetime
    until: datetime
    busy: tuple[Span, ...]
    other_busy: tuple[Span, ...]

    def free(self) -> list[Span]:
        """Return the free times, in order."""
        return list(
            free_times(
                self.planning,
                since=self.since,
                until=self.until,
                busy=self.busy,
                other_busy=self.other_busy,
            )
        )

    def against(self, span: Span) -> list[Remark]:
        """Return what speaks against another moment."""
        return remarks(self.planning, span, busy=self.busy, other_busy=self.other_busy)


def agenda(
    case: Trajectory, *, around: datetime | None = None, besides: Conversation | None = None
) -> Agenda:
    """Return the agenda of the coming weeks, or of the days around a moment.

    `besides` is a conversation that is about to move: its own time is free again.
    """
    since, until = (around - DAY, around + DAY) if around else (from_tomorrow(), list_end(from_tomorrow()))
    people = [person for person in (case.advisor_id, case.participant_id) if person]
    own = Span(besides.starts_at, besides.ends_at) if besides else None
    held = {
        person: tuple(span for span in spans if span != own)
        # A whole day more on both sides: the first and last day must be counted in full.
        for person, spans in taken(people, since - DAY, until + DAY).items()
    }
    return Agenda(
        planning=planning_of(advisor_of(case.advisor) if case.advisor else None),
        since=since,
        until=until,
        busy=held.get(case.advisor_id or 0, ()),
        other_busy=held[case.participant_id],
    )


def planned_intake(case: Trajectory) -> Conversation | None:
    """Return the intake that is planned, to come or not recorded yet."""
    rows = case.conversations.filter(kind=TalkKind.INTAKE, state=TalkState.PLANNED)
    return rows.select_related("trajectory").first()


def has_begun(case: Trajectory) -> bool:
    """Tell whether the planned intake should have begun by now."""
    talk = planned_intake(case)
    return talk is not None and talk.starts_at <= clock.now()


@dataclass(frozen=True)
class Count:
    """How many conversations were agreed (None before there is an agreement), held, and held or planned."""

    agreed: int | None
    held: int
    used: int

    @property
    def is_full(self) -> bool:
        """Tell whether another conversation would be one more than agreed."""
        return self.agreed is not None and self.used >= self.agreed


def count(case: Trajectory) -> Count:
    """Count the conversations of a case; the intake does not count."""
    talks = case.conversations.exclude(kind=TalkKind.INTAKE).filter(state__in=COUNTED)
    states = list(talks.values_list("state", flat=True))
    agreement = agreement_on_table(case)
    return Count(agreement.talks if agreement else None, states.count(TalkState.HELD), len(states))
