"""Questions about who works where. Users are named by key: this room stands below people."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from portal import clock
from portal.organisation.models import Appointment, Faculty


def university_name() -> str:
    """Return the university's name in the language of the page."""
    names = settings.UNIVERSITY_NAMES
    return str(names.get(get_language() or "nl", names["nl"]))


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
    return frozenset(rows.values_list("manager_id", flat=True))


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


def _managers_by_user(on: date | None) -> dict[int, set[int]]:
    edges: dict[int, set[int]] = {}
    rows = Appointment.objects.filter(running(on), manager__isnull=False)
    for below, above in rows.values_list("user_id", "manager_id"):
        if above is not None:
            edges.setdefault(below, set()).add(above)
    return edges


def _above(edges: dict[int, set[int]], user_id: int) -> frozenset[int]:
    seen: set[int] = set()
    todo = [user_id]
    while todo:
        for above in edges.get(todo.pop(), ()):
            if above not in seen:
                seen.add(above)
                todo.append(above)
    return frozenset(seen - {user_id})


def chain_above(user_id: int, on: date | None = None) -> frozenset[int]:
    """Return everyone above this user in the reporting line, cycles tolerated."""
    return _above(_managers_by_user(on), user_id)


def in_line_with(user_id: int, others: Iterable[int], on: date | None = None) -> frozenset[int]:
    """Return which of the others stand above or below this user or share a direct manager; one query."""
    edges = _managers_by_user(on)
    above = _above(edges, user_id)
    direct = edges.get(user_id, set())
    return frozenset(
        other
        for other in others
        if other in above or user_id in _above(edges, other) or direct & edges.get(other, set())
    )


def same_reporting_line(one: int, other: int, on: date | None = None) -> bool:
    """Tell whether one of the two stands above the other, or both share a direct manager."""
    return other in in_line_with(one, [other], on)


def faculties_of(user_ids: Iterable[int], on: date | None = None) -> dict[int, frozenset[int]]:
    """Return the keys of the faculties in which each user works, in one query."""
    found: dict[int, set[int]] = {key: set() for key in user_ids}
    rows = Appointment.objects.filter(running(on), user_id__in=found)
    for user_id, faculty_id in rows.values_list("user_id", "department__faculty_id"):
        found[user_id].add(faculty_id)
    return {key: frozenset(value) for key, value in found.items()}
