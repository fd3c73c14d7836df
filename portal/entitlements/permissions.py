"""Who sees which balance: one's own, and the department's for its managers and central HR.

Whoever caused or benefits from an entry in a department's budget sees that entry, not the balance.
"""

from typing import Any

from django.db.models import BooleanField, Func, OuterRef, Q

from portal.entitlements.enums import SETTLING, Kind
from portal.entitlements.models import Account, EntitlementRule, Entry
from portal.organisation.models import Appointment
from portal.people.enums import Role
from portal.privacy import wall

# The scan books credits for everybody: only the worker's own login may.
WORKER = Q(Func(template="(current_user = 'portal_jobs')", output_field=BooleanField()))


def owner(viewer: Any) -> Q:
    """The person whose account it is."""
    return Q(user_id=viewer)


def manager(viewer: Any) -> Q:
    """Whoever manages somebody in the department."""
    running = Q(starts_on__lte=wall.TODAY) & (Q(ends_on__isnull=True) | Q(ends_on__gte=wall.TODAY))
    rows = Appointment.objects.filter(running, manager_id=viewer, department_id=OuterRef("department_id"))
    return Q(department__isnull=False) & Q(wall.Some(rows))


def central_hr(viewer: Any) -> Q:
    """HR for the whole university, for departments only."""
    return Q(department__isnull=False) & wall.role(viewer, Role.HR, Q(faculty__isnull=True))


def worker(viewer: Any) -> Q:
    """The login of the worker."""
    return WORKER


RELATIONS = {"owner": owner, "manager": manager, "central HR": central_hr}
THROUGH = wall.through_all("account", Account, RELATIONS)


def beneficiary(viewer: Any) -> Q:
    """The person for whom the department pays."""
    return Q(beneficiary_id=viewer)


def acts_for_own(viewer: Any) -> Q:
    """Whoever asks a department to pay for them, and whoever gives back what was set aside for them."""
    return Q(beneficiary_id=viewer, kind__in=[Kind.RESERVATION, *SETTLING])


def _acts(viewer: Any) -> Q:
    """Nobody adds to their own budget: that is the scan's and HR's work."""
    return Q(kind__in=[Kind.RESERVATION, *SETTLING])


wall.public(EntitlementRule)
wall.protect(
    Account,
    read=RELATIONS,
    insert={**RELATIONS, "worker": worker},
    update={},
    delete={},
    jobs={"worker": wall.everyone},
)
wall.protect(
    Entry,
    read={**THROUGH, "beneficiary": beneficiary},
    insert={
        "owner": lambda v: THROUGH["owner"](v) & _acts(v),
        "manager": lambda v: THROUGH["manager"](v) & _acts(v),
        "central HR": THROUGH["central HR"],
        "beneficiary": acts_for_own,
        "worker": worker,
    },
    insert_only=True,
    jobs={"worker": wall.everyone},
)
