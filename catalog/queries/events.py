"""Dated things: the calendar as a list, a month and a feed."""

from calendar import Calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from catalog.models import Session
from catalog.queries import facets
from catalog.queries.catalogue import documents_for, upcoming_sessions
from catalog.queries.listing import Asked
from catalog.queries.search import search
from portal import clock

MONDAY = 0


def sessions_for(actor: Any, asked: Asked) -> QuerySet[Session]:
    """Return the coming sessions of what somebody asked for, soonest first."""
    rows = documents_for(actor).filter(facets.condition(asked.chosen), offering__isnull=False)
    if asked.text:
        rows = rows.filter(pk__in=search(asked.text).keys)
    found = upcoming_sessions().filter(offering__in=rows.values("offering"))
    return found.select_related("offering__kind", "offering__theme", "offering__faculty")


@dataclass(frozen=True)
class Day:
    """One day of the month's grid."""

    day: date
    is_in_month: bool
    is_today: bool
    sessions: list[Session]


@dataclass(frozen=True)
class Month:
    """A month as weeks of days, with its neighbours."""

    first: date
    weeks: list[list[Day]]
    before: date
    after: date

    @property
    def has_past(self) -> bool:
        """Whether the month before still has days to come."""
        return self.before >= clock.today().replace(day=1)

    @property
    def sessions(self) -> list[Session]:
        """The month's sessions in order."""
        return [run for week in self.weeks for day in week if day.is_in_month for run in day.sessions]


def month_of(runs: Iterable[Session], year: int, number: int) -> Month:
    """Return a month with the sessions on their Amsterdam days."""
    by_day: dict[date, list[Session]] = {}
    for run in runs:
        by_day.setdefault(run.starts_at.astimezone(clock.AMSTERDAM).date(), []).append(run)
    first = date(year, number, 1)
    weeks = [
        [Day(day, day.month == number, day == clock.today(), by_day.get(day, [])) for day in week]
        for week in Calendar(MONDAY).monthdatescalendar(year, number)
    ]
    return Month(
        first, weeks, (first - timedelta(days=1)).replace(day=1), (first + timedelta(days=32)).replace(day=1)
    )


def in_month(runs: QuerySet[Session], year: int, number: int) -> QuerySet[Session]:
    """Return the sessions that start in a month, the days around it in its grid included."""
    first = date(year, number, 1)
    start, end = clock.local(first - timedelta(days=6)), clock.local(first + timedelta(days=38))
    return runs.filter(starts_at__gte=start, starts_at__lt=end)
