"""Questions about who works where. Users are named by key: this room stands below people."""

from datetime import date

from django.db.models import Q, QuerySet

from portal import clock
from portal.organisation.models import Appointment, Faculty


def running(on: date | None = None) -> Q:
    """Return the filter for appointments that run on that day (default today)."""
    day = on or clock.today()
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def appointments_of(user_id: int, on: date | None = None) -> QuerySet[Appointment]:
    """Return someone's running appointments, the largest first."""
    rows = Appointment.objects.filter(running(on), user_id=user_id)
    return rows.select_related("department__faculty")


def main_faculty(user_id: int, on: date | None = None) -> Faculty | None:
    """Return the faculty of the largest running appointment (decision 21)."""
    first = appointments_of(user_id, on).first()
    return first.department.faculty if first else None


def managers_of(user_id: int, on: date | None = None) -> frozenset[int]:
    """Return the keys of someone's managers."""
    rows = Appointment.objects.filter(running(on), user_id=user_id, manager__isnull=False)
    return frozenset(key for key in rows.values_list("manager_id", flat=True) if key is not None)


def managed_by(user_id: int, on: date | None = None) -> frozenset[int]:
    """Return the keys of the people whom this user manages."""
    rows = Appointment.objects.filter(running(on), manager_id=user_id)
    return frozenset(rows.values_list("user_id", flat=True))


def is_manager(user_id: int, on: date | None = None) -> bool:
    """Tell whether somebody reports to this user."""
    return Appointment.objects.filter(running(on), manager_id=user_id).exists()


def departments_of(user_ids: set[int], on: date | None = None) -> dict[int, frozenset[int]]:
    """Return department keys for each user, in one query."""
    found: dict[int, set[int]] = {key: set() for key in user_ids}
    rows = Appointment.objects.filter(running(on), user_id__in=user_ids)
    for user_id, department_id in rows.values_list("user_id", "department_id"):
        found[user_id].add(department_id)
    return {key: frozenset(value) for key, value in found.items()}


def chain_above(user_id: int, on: date | None = None) -> frozenset[int]:
    """Return everyone above this user in the reporting line, cycles tolerated."""
    edges: dict[int, set[int]] = {}
    rows = Appointment.objects.filter(running(on), manager__isnull=False)
    for below, above in rows.values_list("user_id", "manager_id"):
        if above is not None:
            edges.setdefault(below, set()).add(above)
    seen: set[int] = set()
    todo = [user_id]
    while todo:
        for above in edges.get(todo.pop(), ()):
            if above not in seen:
                seen.add(above)
                todo.append(above)
    return frozenset(seen - {user_id})


def same_reporting_line(one: int, other: int, on: date | None = None) -> bool:
    """Tell whether one of the two stands above the other, or both share a direct manager."""
    if one in chain_above(other, on) or other in chain_above(one, on):
        return True
    return bool(managers_of(one, on) & managers_of(other, on))
