"""Good morning, afternoon or evening, by Amsterdam time; at night the evening goes on ("good night" is a farewell)."""

from datetime import datetime

from django.utils.translation import gettext as _

from portal import clock


def for_now(moment: datetime) -> str:
    """Return the greeting of that hour."""
    hour = moment.astimezone(clock.AMSTERDAM).hour
    if 6 <= hour < 12:
        return _("Good morning")
    return _("Good afternoon") if 12 <= hour < 18 else _("Good evening")
