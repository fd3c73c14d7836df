"""How long somebody who asks now will probably wait for a first conversation: from capacity and free times."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from math import ceil

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advisors.enums import SpokenLanguage
from advisors.queries import candidates
from advisors.queries.availability import first_free
from portal import clock
from portal.people.models import User

REPLY_WORKING_DAYS = 5
LANGUAGES = (SpokenLanguage.DUTCH, SpokenLanguage.ENGLISH)


@dataclass(frozen=True)
class Wait:
    """The expected first conversation in one language; without a day nobody has room now."""

    language: str
    on: date | None

    @property
    def sentence(self) -> str:
        """Say it honestly, in whole weeks."""
        if self.on is None:
            return _("No advisor with this language has room now.")
        weeks = max(1, ceil((self.on - clock.today()).days / 7))
        return ngettext(
            "A first conversation in about a week.", "A first conversation in about %(weeks)d weeks.", weeks
        ) % {"weeks": weeks}


def expected_waits(participant: User | None = None) -> list[Wait]:
    """Return the expected wait per language, for this participant or for anybody.

    Requests that wait already go first. The reply takes at most the promised working days; the free times of the
    advisors with room are counted from there, each for as many people as fit.
    """
    queue = waiting_by_language()
    since = clock.local(working_days_later(clock.today(), REPLY_WORKING_DAYS))
    waits = []
    for language in LANGUAGES:
        found = candidates(participant=participant, question_types=(), language=language, on=clock.today())
        able = [each for each in found if each.can_take_case]
        spans = first_free(
            [each.advisor for each in able], since=since, count=max(queue.values(), default=0) + 1
        )
        places = sorted(span for each in able for span in spans[each.advisor.pk][: each.free])
        turn = next(islice(places, queue.get(language, 0), None), None)
        waits.append(Wait(str(language.label), turn.day if turn else None))
    return waits


def waiting_by_language() -> dict[str, int]:
    """Return how many requests have no advisor yet, by language: sums only, for whoever asks."""
    with connection.cursor() as cursor:
        cursor.execute("select language, requests from trajectories_waiting()")
        return dict(cursor.fetchall())


def working_days_later(day: date, count: int) -> date:
    """Return the day that lies that many working days (Monday to Friday) later."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day
