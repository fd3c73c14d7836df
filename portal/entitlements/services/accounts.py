"""The accounts that bookings need."""

from portal.entitlements.models import Account
from portal.organisation.models import Department
from portal.people.models import User


def account_of(*, key: str, user: User | None = None, department: Department | None = None) -> Account:
    """Return the account of a person or a department under a rule, made when it is not there."""
    owner = {"user": user} if user else {"department": department}
    found = Account.objects.filter(key=key, **owner).first()
    if found is None:
        Account.objects.bulk_create([Account(key=key, **owner)], ignore_conflicts=True)
        found = Account.objects.get(key=key, **owner)
    return found
