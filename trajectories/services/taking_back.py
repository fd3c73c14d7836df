"""Taking back a request before anybody has opened it (decision 22)."""

from django.db import connection

from portal import clock
from trajectories.models import Trajectory


def is_unopened(case: Trajectory) -> bool:
    """Tell whether nobody of the career service has opened this request of the viewer's own."""
    with connection.cursor() as cursor:
        cursor.execute("select trajectories_is_unopened(%s)", [case.pk])
        return bool(cursor.fetchone()[0])


def take_back(case: Trajectory) -> bool:
    """Erase the viewer's own request with its history, draft and mail; a count stays.

    Returns False, and does nothing, when somebody has opened it.
    """
    day = clock.today()
    with connection.cursor() as cursor:
        quarter = f"{day.year}Q{(day.month + 2) // 3}"
        cursor.execute("select trajectories_take_back(%s, %s)", [case.pk, quarter])
        return bool(cursor.fetchone()[0])
