"""Arithmetic of saving: instalments of a year, and when the maximum is reached. Pure."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from portal.entitlements.models import EntitlementRule

YEARS_AHEAD = 20


def instalment(rule: EntitlementRule, number: int, share: Decimal = Decimal(1)) -> int:
    """Return the number-th instalment of a year (from 1), in hundredths; together they make the year exactly."""
    yearly = rule.yearly * share

    def until(count: int) -> int:
        return int((yearly * count / rule.instalments).quantize(Decimal(1), ROUND_HALF_UP))

    return until(number) - until(number - 1)


def instalment_days(rule: EntitlementRule, after: date, until: date) -> list[tuple[date, int]]:
    """Return the days after `after` and up to `until` on which the rule gives, with the instalment's number."""
    step = 12 // rule.instalments
    days = [
        (date(year, month, 1), number)
        for year in range(after.year, until.year + 1)
        for number, month in enumerate(range(1, 13, step), start=1)
    ]
    return [(day, number) for day, number in days if after < day <= until and _valid(rule, day)]


def _valid(rule: EntitlementRule, day: date) -> bool:
    return rule.valid_from <= day and (rule.valid_until is None or day <= rule.valid_until)


def stops_on(rule: EntitlementRule, total: int, on: date, share: Decimal = Decimal(1)) -> date | None:
    """Return the first day on which the maximum stops the saving; None when that does not come.

    `total` is what is free and set aside now; nothing is assumed to be spent.
    """
    if rule.cap is None or rule.does_lapse or rule.yearly == 0:
        return None
    saved = total
    for day, number in instalment_days(rule, on, date(on.year + YEARS_AHEAD, 12, 31)):
        saved += instalment(rule, number, share)
        if saved >= rule.cap:
            return day
    return None


def hours_share(rule: EntitlementRule, hours_a_week: Decimal) -> Decimal:
    """Return the part of a full week that counts, 1 at most."""
    if not rule.is_pro_rata:
        return Decimal(1)
    return min(Decimal(1), hours_a_week / rule.full_time_hours)
