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
from portal.entitlements.queries import sums
from portal.entitlements.queries.rules import covers
from portal.entitlements.queries.savings import hours_share, instalment, instalment_days
from portal.entitlements.services.accounts import account_of
from portal.entitlements.services.booking import book
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
    Account.objects.select_for_update().get(pk=account.pk)
    booked = 0
    for day in missing:
        rule, amount = row.credits[day]
        booked += _lapse(account, row.holder, rule, day)
        account.refresh_from_db()
        room = amount if rule.cap is None else max(0, rule.cap - account.free - account.held)
        _enter(account, row.holder, Kind.CREDIT, min(amount, room), day, day)
        booked += 1
    return booked


def _lapse(account: Account, holder: Holder, rule: EntitlementRule, day: date) -> int:
    """At the first instalment of a year, take off what was left of the year before."""
    if not rule.does_lapse or day.month != 1:
        return 0
    account.refresh_from_db()
    last = sums.on_day([account], date(day.year - 1, 12, 31))[account.pk]
    amount = min(last.free, account.free)
    if amount <= 0:
        return 0
    _enter(account, holder, Kind.LAPSE, amount, day, day.year - 1)
    return 1


def _enter(account: Account, holder: Holder, kind: Kind, amount: int, day: date, when: object) -> None:
    key = _key(kind, account.key, holder, when)
    book(Entry(key=key, account=account, kind=kind, amount=amount, booked_on=day))
