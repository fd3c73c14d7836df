"""Which rules are valid, and for whom."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from portal import clock
from portal.entitlements.enums import Owner
from portal.entitlements.models import EntitlementRule
from portal.organisation.models import Appointment
from portal.organisation.queries import appointments_of


def rules_on(on: date | None = None) -> QuerySet[EntitlementRule]:
    """Return the rules that are valid on that day (default today)."""
    day = on or clock.today()
    return EntitlementRule.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=day), valid_from__lte=day
    )


def rule_on(key: str, on: date | None = None) -> EntitlementRule | None:
    """Return the version of a rule that is valid on that day."""
    return rules_on(on).filter(key=key).first()


def _months(appointment: Appointment) -> int | None:
    """Return for how many whole months the contract was agreed; None without an end."""
    if appointment.ends_on is None:
        return None
    start, end = appointment.starts_on, appointment.ends_on + timedelta(days=1)
    return (end.year - start.year) * 12 + end.month - start.month - (1 if end.day < start.day else 0)


def covers(rule: EntitlementRule, appointment: Appointment) -> bool:
    """Tell whether a rule counts for this appointment."""
    if rule.contracts and appointment.contract not in rule.contracts:
        return False
    if rule.staff_groups and appointment.staff_group not in rule.staff_groups:
        return False
    months = _months(appointment)
    return months is None or months >= rule.minimum_months


def applies_to(rule: EntitlementRule, appointments: Iterable[Appointment]) -> list[Appointment]:
    """Return those of somebody's appointments for which a rule counts."""
    return [appointment for appointment in appointments if covers(rule, appointment)]


def rights_of(user_id: int, on: date | None = None) -> list[EntitlementRule]:
    """Return the rules that count for this person on that day."""
    day = on or clock.today()
    appointments = list(appointments_of(user_id, day))
    rules = rules_on(day).filter(owner=Owner.PERSON)
    return [rule for rule in rules if applies_to(rule, appointments)]
