"""The accounts that bookings need."""

from django.db import connection

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


def department_account(*, department_id: int, key: str) -> Account | None:
    """Return a department's account by its key alone, for who may reserve in it but not see it."""
    with connection.cursor() as cursor:
        cursor.execute("select entitlements_department_account(%s, %s)", [department_id, key])
        (found,) = cursor.fetchone()
    return Account(pk=found, key=key, department_id=department_id) if found else None
