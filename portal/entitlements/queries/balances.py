"""What somebody has left, with the rule and its source."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from portal import clock
from portal.entitlements.enums import Owner, Unit
from portal.entitlements.models import Account, EntitlementRule
from portal.entitlements.queries.rules import applies_to, rules_on
from portal.entitlements.queries.savings import hours_share, stops_on
from portal.entitlements.queries.sums import NOTHING, Amounts, on_day
from portal.organisation.queries import appointments_of
from portal.people.models import User
from portal.privacy import wall


@dataclass(frozen=True, kw_only=True)
class Balance:
    """What is left under one rule on one day, in hundredths of the rule's unit."""

    rule: EntitlementRule
    on: date
    account: Account | None = None
    amounts: Amounts = NOTHING
    stops_on: date | None = None

    @property
    def free(self) -> int:
        """What can be spent."""
        return self.amounts.free

    @property
    def held(self) -> int:
        """What is set aside."""
        return self.amounts.held

    @property
    def spent(self) -> int:
        """What is gone."""
        return self.amounts.spent

    @property
    def total(self) -> int:
        """What is free and what is set aside."""
        return self.free + self.held

    @property
    def is_right(self) -> bool:
        """Whether it is a right without an amount."""
        return self.rule.unit == Unit.RIGHT

    @property
    def lapses_on(self) -> date | None:
        """The last day of what is free now, when it does not last."""
        return date(self.on.year, 12, 31) if self.rule.does_lapse and self.free else None

    @property
    def _full(self) -> int:
        return max(self.rule.cap or 0, self.rule.yearly, self.total, 1)

    @property
    def free_share(self) -> str:
        """How much of the bar is free, in per cent."""
        return f"{100 * self.free / self._full:.1f}"

    @property
    def held_share(self) -> str:
        """How much of the bar is set aside, in per cent."""
        return f"{100 * self.held / self._full:.1f}"


def balances(user: User, on: date | None = None) -> list[Balance]:
    """Return what this person has under each rule that counts for them, as they may see it.

    A rule that no longer counts stays in the list for as long as something is left under it.
    """
    day = on or clock.today()
    appointments = list(appointments_of(user.pk, day))
    accounts = {row.key: row for row in wall.visible(Account, user).filter(user=user)}
    held = on_day(accounts.values(), day)
    found = []
    for rule in rules_on(day).filter(owner=Owner.PERSON):
        counting = applies_to(rule, appointments)
        account = accounts.get(rule.key)
        amounts = held[account.pk] if account else NOTHING
        if not counting and not amounts.free + amounts.held:
            continue
        hours = sum((row.hours_per_week for row in counting), Decimal(0))
        stop = (
            stops_on(rule, amounts.free + amounts.held, day, hours_share(rule, hours)) if counting else None
        )
        found.append(Balance(rule=rule, on=day, account=account, stops_on=stop, amounts=amounts))
    return found


def balance(user: User, key: str, on: date | None = None) -> Balance | None:
    """Return what this person has under one rule; None when it does not count for them."""
    return next((found for found in balances(user, on) if found.rule.key == key), None)


def department_accounts() -> QuerySet[Account]:
    """Return the accounts of departments, for the guarded lookup."""
    return Account.objects.filter(department__isnull=False).select_related("department")


def department_balances(actor: User, on: date | None = None, *, only: Account | None = None) -> list[Balance]:
    """Return the budgets of the departments whose budget this person may see, or of one of them."""
    day = on or clock.today()
    rules = {rule.key: rule for rule in rules_on(day).filter(owner=Owner.DEPARTMENT)}
    rows = wall.visible(Account, actor).filter(department__isnull=False, key__in=rules)
    if only is not None:
        rows = rows.filter(pk=only.pk)
    accounts = list(rows.select_related("department__faculty").order_by("department__code", "key"))
    held = on_day(accounts, day)
    return [Balance(rule=rules[row.key], on=day, account=row, amounts=held[row.pk]) for row in accounts]
