"""Counts searches that found nothing, for editors, without who searched."""

import re

from django.db import connection

from catalog.models import MissedSearch
from catalog.queries import words
from portal import clock

_LONGEST, _MOST_WORDS = 60, 6
_PERSONAL = re.compile(r"[@\d]")


def count_miss(*, text: str, language: str, actor: object = None) -> bool:
    """Count one search without a hit; texts that may be about a person are left out. Returns whether it counted."""
    said = words.tokens(text)
    plain = " ".join(said)
    if not said or len(said) > _MOST_WORDS or len(plain) > _LONGEST or _PERSONAL.search(text):
        return False
    table = connection.ops.quote_name(MissedSearch._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"insert into {table} as row (text, language, day, times) values (%s, %s, %s, 1)"  # noqa: S608
            " on conflict (text, language, day) do update set times = row.times + 1",
            [plain, language, clock.today()],
        )
    return True
