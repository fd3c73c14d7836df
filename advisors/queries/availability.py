"""When advisors have time: their hours and absences from the records, what is taken from the floor above."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice

from django.db.models import Q, QuerySet

from advisors.models import Absence, Advisor
from advisors.queries.freetimes import OFFICE_HOURS, Planning, Span, Stretch, free_times
from portal import clock

WEEKS_AHEAD = 4
FAR_AHEAD = timedelta(weeks=13)
Taken = Mapping[int, Sequence[Span]]
TakenFunction = Callable[[Collection[int], datetime, datetime], Taken]
_registered: list[TakenFunction] = []


def register_taken(find: TakenFunction) -> None:
    """Register what tells which times of people (by user key) are taken; the last one holds.

    Times only: whoever asks sees neither with whom nor what for.
    """
    _registered[:] = [find]


def taken(people: Collection[int], since: datetime, until: datetime) -> Taken:
    """Return the times of these people that are taken; without a floor above: none."""
    return _registered[0](people, since, until) if _registered else {}


def planning_of(advisor: Advisor | None) -> Planning:
    """Return how an advisor plans; without a record or without hours of their own: in office hours."""
    if advisor is None:
        return Planning()
    hours = tuple(Stretch(row.weekday, row.starts, row.ends) for row in advisor.hours.all())
    return Planning(
        hours=hours or OFFICE_HOURS,
        away=tuple((row.starts_on, row.ends_on) for row in advisor.absences.all()),
        length=timedelta(minutes=advisor.talk_minutes),
        pause=timedelta(minutes=advisor.pause_minutes),
        per_day=advisor.talks_per_day,
    )


def from_tomorrow() -> datetime:
    """Return the first instant of tomorrow: nobody is surprised by an appointment of today."""
    return clock.local(clock.today() + timedelta(days=1))


def list_end(since: datetime) -> datetime:
    """Return where the plain list of free times ends."""
    return clock.local(since.astimezone(clock.AMSTERDAM).date() + timedelta(weeks=WEEKS_AHEAD))


def first_free(
    advisors: Iterable[Advisor], *, since: datetime | None = None, count: int = 1
) -> dict[int, list[Span]]:
    """Return the first free times of each advisor (by key) within three months, in one question for all."""
    rows = list(advisors)
    start = since or from_tomorrow()
    until = start + FAR_AHEAD
    held = taken([row.user_id for row in rows], start - timedelta(days=1), until)
    found = {
        row.pk: free_times(planning_of(row), since=start, until=until, busy=held.get(row.user_id, ()))
        for row in rows
    }
    return {key: list(islice(spans, count)) for key, spans in found.items()}


def coming_absences(advisor: Advisor) -> QuerySet[Absence]:
    """Return the absences that are not over."""
    return Absence.objects.filter(Q(ends_on__gte=clock.today()), advisor=advisor)
