"""What the rules add and take off by themselves: instalments, and what lapses at the turn of the year.

The scan may run as often as it likes and catch up after a pause: every instalment has its own key.
It acts for everybody, so only the worker's login (or the tables' owner) can run it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import transaction

from portal.entitlements.enums import Kind, Owner
from portal.entitlements.models import Account, EntitlementRule, Entry
from portal.entitlements.queries.rules import covers
from portal.entitlements.queries.savings import hours_share, instalment, instalment_days
from portal.entitlements.queries.sums import on_day
from portal.entitlements.services.accounts import account_of
from portal.organisation.models import Appointment, Department
from portal.organisation.queries import running
from portal.people.models import User

Holder = User | Department


@dataclass
class Due:
    """What one holder has coming under one key, by day."""

    holder: Holder
    credits: dict[date, tuple[EntitlementRule, int]] = field(default_factory=dict)


def credit_yearly(*, on: date) -> int:
    """Book every instalment of the year before `on` that is not booked yet; return how many entries."""
    after = date(on.year - 1, on.month, 1)
    rules = EntitlementRule.objects.filter(yearly__gt=0, valid_from__lte=on).order_by("key", "valid_from")
    due: dict[tuple[str, str, int], Due] = {}
    for rule in rules:
        for day, number in instalment_days(rule, after, on):
            for holder, share in _holders(rule, day):
                row = due.setdefault((rule.key, rule.owner, holder.pk), Due(holder))
                row.credits[day] = (rule, instalment(rule, number, share))
    taken = _taken(due)
    return sum(_book(key, row, taken) for (key, _owner, _pk), row in due.items())


def _holders(rule: EntitlementRule, day: date) -> Iterable[tuple[Holder, Decimal]]:
    """Yield who gets an instalment on a day, with the share of a full week."""
    if rule.owner == Owner.DEPARTMENT:
        for department in Department.objects.all():
            yield department, Decimal(1)
        return
    hours: dict[User, Decimal] = defaultdict(Decimal)
    for row in Appointment.objects.filter(running(day)).select_related("user"):
        if covers(rule, row):
            hours[row.user] += row.hours_per_week
    for user, weekly in hours.items():
        yield user, hours_share(rule, weekly)


def _reference(holder: Holder) -> str:
    return holder.reference if isinstance(holder, User) else holder.code


def _key(kind: Kind, key: str, holder: Holder, when: object) -> str:
    return f"{kind}:{key}:{_reference(holder)}:{when}"


def _taken(due: dict[tuple[str, str, int], Due]) -> set[str]:
    """Return the keys that are in the ledger already, in one query."""
    keys = [
        _key(Kind.CREDIT, key, row.holder, day) for (key, *_rest), row in due.items() for day in row.credits
    ]
    return set(Entry.objects.filter(key__in=keys).values_list("key", flat=True))


@transaction.atomic
def _book(key: str, row: Due, taken: set[str]) -> int:
    """Book what one holder misses, oldest first, under a lock on the account."""
    missing = [day for day in sorted(row.credits) if _key(Kind.CREDIT, key, row.holder, day) not in taken]
    if not missing:
        return 0
    if isinstance(row.holder, User):
        account = account_of(key=key, user=row.holder)
    else:
        account = account_of(key=key, department=row.holder)
    page = Page(Account.objects.select_for_update().get(pk=account.pk), row.holder)
    for day in missing:
        page.add(day, *row.credits[day])
    return len(Entry.objects.bulk_create(page.entries, ignore_conflicts=True))


class Page:
    """What is to be booked in one locked account, oldest first."""

    def __init__(self, account: Account, holder: Holder) -> None:
        self.account, self.holder = account, holder
        self.entries: list[Entry] = []
        self.added = 0

    def add(self, day: date, rule: EntitlementRule, amount: int) -> None:
        """Add an instalment, as far as the maximum leaves room; nothing is an entry too, with its reason."""
        if rule.does_lapse and day.month == 1:
            self._lapse(day)
        total = self.account.free + self.account.held + self.added
        room = amount if rule.cap is None else max(0, rule.cap - total)
        self._enter(Kind.CREDIT, min(amount, room), day, day)

    def _lapse(self, day: date) -> None:
        """At the first instalment of a year, take off what was left of the year before."""
        then = on_day([self.account], date(day.year - 1, 12, 31))[self.account.pk]
        left = min(then.free, self.account.free) + self.added
        if left > 0:
            self._enter(Kind.LAPSE, left, day, day.year - 1)

    def _enter(self, kind: Kind, amount: int, day: date, when: object) -> None:
        key = _key(kind, self.account.key, self.holder, when)
        self.entries.append(Entry(key=key, account=self.account, kind=kind, amount=amount, booked_on=day))
        self.added += amount if kind == Kind.CREDIT else -amount
