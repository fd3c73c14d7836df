"""Which advisors can't go on with the people they guide, and why."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from advisors.enums import Gone
from advisors.models import Advisor
from advisors.queries.candidates import advisors
from portal.people.enums import Role
from portal.people.queries import holding_role

# Shorter absences are waited for: talks are weeks apart. Longer ones leave somebody alone.
LONG_ABSENCE_DAYS = 28


def gone(user_ids: Collection[int], on: date) -> Mapping[int, Gone]:
    """Return why each of these advisors (by user key) can't go on that day; who can is left out.

    A fixed number of queries, whatever the number of advisors.
    """
    holding = holding_role(Role.ADVISOR, user_ids, on)
    records = {row.user_id: row for row in advisors().filter(user__in=user_ids)}
    found = {key: _why(records.get(key), holds=key in holding, on=on) for key in user_ids}
    return {key: why for key, why in found.items() if why}


def _why(record: Advisor | None, *, holds: bool, on: date) -> Gone | None:
    if record is not None and not record.user.is_active:
        return Gone.ACCOUNT
    if record is None or not holds:
        return Gone.ROLE
    tests = {
        Gone.CERTIFICATE: all(held.valid_until < on for held in record.certificates.all()),
        Gone.CONTRACT: _is_past(record.provider.contract_ends_on if record.provider else None, on),
        Gone.ABSENT: any(_is_long(away, on) for away in record.absences.all()),
    }
    return next((why for why, holds_now in tests.items() if holds_now), None)


def _is_past(day: date | None, on: date) -> bool:
    return day is not None and day < on


def _is_long(away: Any, on: date) -> bool:
    return (
        bool(away.starts_on <= on <= away.ends_on)
        and (away.ends_on - away.starts_on).days >= LONG_ABSENCE_DAYS
    )
