"""When an advisor holds conversations: the advisor's own hours, pauses and absences."""

from collections.abc import Iterable

from django.db import transaction

from advisors.errors import NotAllowedError
from advisors.models import Absence, Advisor, WorkingHours
from advisors.permissions import may_keep_records
from advisors.queries.freetimes import Stretch
from portal.people.models import User


def _require_own(actor: User, advisor: Advisor) -> None:
    if actor.pk != advisor.user_id and not may_keep_records(actor):
        raise NotAllowedError


@transaction.atomic
def set_hours(
    *,
    actor: User,
    advisor: Advisor,
    hours: Iterable[Stretch],
    talk_minutes: int,
    pause_minutes: int,
    talks_per_day: int,
) -> Advisor:
    """Replace the working hours and how conversations follow each other. Raises AdvisorError, ValidationError."""
    _require_own(actor, advisor)
    fresh = Advisor.objects.select_for_update().get(pk=advisor.pk)
    fresh.talk_minutes, fresh.pause_minutes, fresh.talks_per_day = talk_minutes, pause_minutes, talks_per_day
    fresh.full_clean()
    fresh.save()
    rows = [
        WorkingHours(advisor=fresh, weekday=each.weekday, starts=each.starts, ends=each.ends)
        for each in hours
    ]
    for row in rows:
        row.full_clean()
    fresh.hours.all().delete()
    WorkingHours.objects.bulk_create(rows)
    return fresh


@transaction.atomic
def remove_absence(*, actor: User, absence: Absence) -> None:
    """Take an absence back; what was taken back already is no mistake."""
    _require_own(actor, absence.advisor)
    Absence.objects.filter(pk=absence.pk).delete()
