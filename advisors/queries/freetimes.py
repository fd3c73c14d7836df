"""Free times of one advisor: a calculation over data, without the database. On public holidays there are none.

Working hours are wall-clock times of Amsterdam; everything else is an aware instant. A stretch of hours is turned
into instants first and measured in real time from there, so that a night with 23 or 25 hours comes out right.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from advisors.queries.holidays import is_holiday
from portal import clock

QUARTER = timedelta(minutes=15)
DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Span:
    """From an aware instant up to another."""

    starts_at: datetime
    ends_at: datetime

    @property
    def day(self) -> date:
        """The Amsterdam day on which it starts."""
        return self.starts_at.astimezone(clock.AMSTERDAM).date()

    def meets(self, other: "Span", pause: timedelta = timedelta(0)) -> bool:
        """Tell whether the two overlap, or leave less than the pause between them."""
        return self.starts_at < other.ends_at + pause and other.starts_at < self.ends_at + pause


@dataclass(frozen=True)
class Stretch:
    """A stretch of a weekday (Monday is 0) in which an advisor holds conversations."""

    weekday: int
    starts: time
    ends: time


OFFICE = ((time(9), time(12, 30)), (time(13), time(17)))
OFFICE_HOURS = tuple(Stretch(weekday, *hours) for weekday in range(5) for hours in OFFICE)


@dataclass(frozen=True)
class Planning:
    """How one advisor plans: hours, days away (first and last included), pause, most conversations a day."""

    hours: tuple[Stretch, ...] = OFFICE_HOURS
    away: tuple[tuple[date, date], ...] = ()
    length: timedelta = timedelta(minutes=60)
    pause: timedelta = timedelta(minutes=15)
    per_day: int = 4


class Remark(StrEnum):
    """Why a moment is not one of the free times."""

    TAKEN = "taken"
    AWAY = "away"
    HOLIDAY = "holiday"
    HOURS = "hours"
    FULL = "full"
    PAUSE = "pause"


def free_times(
    planning: Planning,
    *,
    since: datetime,
    until: datetime,
    busy: Collection[Span] = (),
    other_busy: Collection[Span] = (),
) -> Iterator[Span]:
    """Yield the conversations that still fit between two instants, in order, with the pause in between.

    `busy` are the advisor's own conversations: they count for the day and ask for a pause. `other_busy` are those
    of the participant: they must only not overlap. Nothing starts before `since` or ends after `until`.
    """
    held = Counter(span.day for span in busy)
    for day in _days(since, until):
        if held[day] >= planning.per_day or is_holiday(day) or is_away(planning, day):
            continue
        starts = since
        for stretch in stretches_of(planning, day):
            bounds = Span(max(starts, stretch.starts_at), min(until, stretch.ends_at))
            for span in _within(bounds, planning, busy, other_busy):
                starts = span.ends_at + planning.pause
                yield span


def remarks(
    planning: Planning, span: Span, *, busy: Collection[Span] = (), other_busy: Collection[Span] = ()
) -> list[Remark]:
    """Return what speaks against a moment that somebody typed; empty when it is as good as a free time."""
    if any(span.meets(other) for other in (*busy, *other_busy)):
        return [Remark.TAKEN]
    against = {
        Remark.AWAY: is_away(planning, span.day),
        Remark.HOLIDAY: is_holiday(span.day),
        Remark.HOURS: not any(
            whole.starts_at <= span.starts_at and span.ends_at <= whole.ends_at
            for whole in stretches_of(planning, span.day)
        ),
        Remark.FULL: sum(other.day == span.day for other in busy) >= planning.per_day,
        Remark.PAUSE: any(span.meets(other, planning.pause) for other in busy),
    }
    return [remark for remark, holds in against.items() if holds]


def is_away(planning: Planning, day: date) -> bool:
    """Tell whether the advisor is absent on that day."""
    return any(first <= day <= last for first, last in planning.away)


def stretches_of(planning: Planning, day: date) -> list[Span]:
    """Return the working hours of one day as instants; hours that touch or overlap are one stretch."""
    joined: list[Span] = []
    for stretch in sorted((s.starts, s.ends) for s in planning.hours if s.weekday == day.weekday()):
        starts, ends = (_instant(day, at) for at in stretch)
        if joined and starts <= joined[-1].ends_at:
            joined[-1] = Span(joined[-1].starts_at, max(joined[-1].ends_at, ends))
        elif starts < ends:
            joined.append(Span(starts, ends))
    return joined


def _instant(day: date, at: time) -> datetime:
    """Return the instant (UTC) of a wall-clock time; in the hour that spring leaves out: when that hour is over."""
    moment = clock.local(day, at.hour, at.minute).astimezone(UTC)
    exists = moment.astimezone(clock.AMSTERDAM).time() == at.replace(second=0, microsecond=0)
    return moment if exists else moment.replace(minute=0)


def _days(since: datetime, until: datetime) -> Iterator[date]:
    day, last = (moment.astimezone(clock.AMSTERDAM).date() for moment in (since, until))
    while day <= last:
        yield day
        day += DAY


def _within(
    bounds: Span, planning: Planning, busy: Collection[Span], other_busy: Collection[Span]
) -> Iterator[Span]:
    """Lay conversations one after another, stepping over what is taken."""
    starts = _on_the_quarter(bounds.starts_at)
    while starts + planning.length <= bounds.ends_at:
        span = Span(starts, starts + planning.length)
        stops = [other.ends_at + planning.pause for other in busy if span.meets(other, planning.pause)]
        stops += [other.ends_at for other in other_busy if span.meets(other)]
        if not stops:
            yield span
            stops = [span.ends_at + planning.pause]
        starts = _on_the_quarter(max(stops))


def _on_the_quarter(moment: datetime) -> datetime:
    """Return the first quarter of an hour at or after an instant, in UTC."""
    whole = moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    return whole + -(-(moment - whole) // QUARTER) * QUARTER
