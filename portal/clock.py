"""The one door to the time. Dates are Amsterdam dates (decision 9)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_frozen: ContextVar[datetime | None] = ContextVar("frozen_clock", default=None)


def now() -> datetime:
    """Return the present instant, aware."""
    return _frozen.get() or timezone.now()


def today() -> date:
    """Return today's date in Amsterdam."""
    return now().astimezone(AMSTERDAM).date()


def local(day: date, hour: int = 0, minute: int = 0) -> datetime:
    """Return the aware instant of that Amsterdam wall-clock time."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=AMSTERDAM)


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Hold the clock at an aware moment, for tests and for `--today`."""
    token = _frozen.set(moment)
    try:
        yield
    finally:
        _frozen.reset(token)
