"""Bookings, as lines that people read."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from portal.entitlements.enums import Kind
from portal.entitlements.models import Account, Entry
from portal.entitlements.queries.balances import Balance
from portal.entitlements.queries.sums import EFFECTS
from portal.people.models import User
from portal.privacy import wall


@dataclass(frozen=True)
class Line:
    """One booking: when, what, about what, and what it did to what is free and set aside (hundredths)."""

    on: date
    kind: str
    about: str
    free: int
    held: int
    is_full: bool

    @classmethod
    def of(cls, entry: Entry) -> "Line":
        """Return the line of an entry, in the language in force."""
        free, held, _spent = EFFECTS[entry.kind]
        about = entry.about_nl if get_language() == "nl" else entry.about_en
        is_full = entry.kind == Kind.CREDIT and entry.amount == 0
        label = entry.get_kind_display()
        return cls(entry.booked_on, label, about, free * entry.amount, held * entry.amount, is_full)


def _lines(actor: User, accounts: Iterable[Account]) -> dict[int, list[Line]]:
    """Return the lines of accounts, the newest first, in one query."""
    found: dict[int, list[Line]] = defaultdict(list)
    for entry in wall.visible(Entry, actor).filter(account__in=accounts):
        found[entry.account_id].append(Line.of(entry))
    return found


def ledger(actor: User, account: Account) -> list[Line]:
    """Return the lines of one account, as far as this person may see them."""
    return _lines(actor, [account])[account.pk]


def ledgers(actor: User, balances: list[Balance]) -> list[tuple[Balance, list[Line]]]:
    """Pair each balance with its lines."""
    lines = _lines(actor, [found.account for found in balances if found.account])
    return [(found, lines[found.account.pk] if found.account else []) for found in balances]
