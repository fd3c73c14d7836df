"""Sums of the ledger up to a day. The database's own sums in the account are those of today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from portal.entitlements.enums import Kind
from portal.entitlements.models import Account, Entry

# What one booking does to (free, set aside, spent).
EFFECTS: dict[str, tuple[int, int, int]] = {
    Kind.CREDIT: (1, 0, 0),
    Kind.CORRECTION: (1, 0, 0),
    Kind.RESERVATION: (-1, 1, 0),
    Kind.RELEASE: (1, -1, 0),
    Kind.SPEND: (0, -1, 1),
    Kind.LAPSE: (-1, 0, 0),
}


@dataclass(frozen=True)
class Amounts:
    """What is free, set aside and spent, in hundredths."""

    free: int = 0
    held: int = 0
    spent: int = 0

    def plus(self, kind: str, amount: int) -> "Amounts":
        """Return the amounts after a booking."""
        free, held, spent = EFFECTS[kind]
        return Amounts(self.free + free * amount, self.held + held * amount, self.spent + spent * amount)


NOTHING = Amounts()


def on_day(accounts: Iterable[Account], on: date) -> dict[int, Amounts]:
    """Return the amounts of each account at the end of a day, in one query."""
    found = {account.pk: NOTHING for account in accounts}
    rows = Entry.objects.filter(account__in=found, booked_on__lte=on)
    summed = rows.order_by().values("account", "kind").annotate(amount=Sum("amount"))
    for key, kind, amount in summed.values_list("account", "kind", "amount"):
        found[key] = found[key].plus(kind, amount)
    return found
