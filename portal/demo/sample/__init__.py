"""The sample university: invented people, units, offerings, trajectories and figures."""

from typing import TYPE_CHECKING

from django.db import transaction

from portal import clock
from portal.privacy.viewer import viewing

if TYPE_CHECKING:
    from portal.demo.sample.world import World


def make(world: "World") -> None:
    """Fill the empty database. What stands is committed before the figures, which another login reads."""
    from portal.demo.models import Sample
    from portal.demo.sample import (
        advisors,
        dossiers,
        enrolments,
        entitlements,
        figures,
        history,
        offerings,
        roles,
        staff,
        units,
    )

    with clock.frozen(clock.local(world.today, 9)), transaction.atomic():
        units.make(world)
        staff.make(world)
        roles.make(world)
        with viewing(world.account("coordinator")):
            advisors.make(world)
    with clock.frozen(clock.local(world.today, 9)):
        entitlements.make(world)
    with clock.frozen(clock.local(world.today, 9)), transaction.atomic():
        offerings.make(world)
        figures.questionnaires()
    enrolments.make(world)
    history.make(world)
    dossiers.make(world)
    figures.make(world)
    Sample.objects.create(employees=world.employees, years=world.years, seed=world.seed, today=world.today)
