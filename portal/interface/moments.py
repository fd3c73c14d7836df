"""Dates and times as people say them: Dutch 09.30, British 09:30; always Amsterdam time."""

from datetime import date, datetime, time

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal import clock

Moment = date | datetime | None


def _local(value: date | datetime) -> date | datetime:
    return value.astimezone(clock.AMSTERDAM) if isinstance(value, datetime) else value


def day(value: Moment) -> str:
    """Return "13 oktober 2026"."""
    return date_format(_local(value), "DATE_FORMAT") if value else ""


def day_short(value: Moment) -> str:
    """Return "13 oktober", with the year when it is not this year."""
    if not value:
        return ""
    here = _local(value)
    return date_format(here, "MONTH_DAY_FORMAT" if here.year == clock.today().year else "DATE_FORMAT")


def weekday(value: Moment) -> str:
    """Return "dinsdag 13 oktober 2026"."""
    return date_format(_local(value), "l j F Y") if value else ""


def hours(value: datetime | None) -> str:
    """Return "09.30" or "09:30"."""
    return date_format(_local(value), "TIME_FORMAT") if value else ""


def clock_time(value: time) -> str:
    """Return a wall-clock time without a day: "09.30" or "09:30"."""
    return time_format(value, "TIME_FORMAT")


def until(start: datetime | None, end: datetime | None) -> str:
    """Return "10.00 tot 11.00 uur" or "10:00 to 11:00"."""
    if not start or not end:
        return hours(start)
    return _("%(start)s to %(end)s") % {"start": hours(start), "end": hours(end)}


def moment(value: datetime | None) -> str:
    """Return "13 oktober 2026, 09.30 uur" or "13 October 2026, 09:30"."""
    return _("%(day)s, %(hours)s") % {"day": day(value), "hours": hours(value)} if value else ""


def relative_day(value: Moment) -> str:
    """Return "vandaag", "morgen", "over 3 dagen", "2 dagen geleden"; the date beyond two weeks."""
    if not value:
        return ""
    here = _local(value)
    on = here.date() if isinstance(here, datetime) else here
    away = (on - clock.today()).days
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}
    if away in near:
        return near[away]
    if abs(away) > 14:
        return day_short(on)
    if away > 0:
        return ngettext("in %(days)d day", "in %(days)d days", away) % {"days": away}
    return ngettext("%(days)d day ago", "%(days)d days ago", -away) % {"days": -away}
