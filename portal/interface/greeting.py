"""Good morning, afternoon or evening, by Amsterdam time."""

from datetime import datetime

from django.utils.translation import gettext as _

from portal import clock


def for_now(moment: datetime) -> str:
    """Return the greeting of that hour."""
    hour = moment.astimezone(clock.AMSTERDAM).hour
    if hour < 6:
        return _("Good night")
    if hour < 12:
        return _("Good morning")
    return _("Good afternoon") if hour < 18 else _("Good evening")
