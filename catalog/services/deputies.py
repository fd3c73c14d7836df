"""Who answers for a manager."""

from django.db import transaction

from catalog.models import Deputy
from portal.people.models import User


@transaction.atomic
def appoint(*, period: Deputy, actor: User) -> Deputy:
    """Let a colleague answer for the actor during a period; the same period twice is one."""
    found, _made = Deputy.objects.get_or_create(
        manager=actor, deputy=period.deputy, starts_on=period.starts_on, ends_on=period.ends_on
    )
    return found


@transaction.atomic
def dismiss(*, number: int, actor: User) -> None:
    """End a period of the actor; nothing happens when there is none."""
    Deputy.objects.filter(pk=number, manager=actor).delete()
