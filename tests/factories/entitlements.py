"""Rules and balances for tests."""

from datetime import date
from itertools import count
from typing import Any

from portal.entitlements.enums import Kind, Owner, Unit
from portal.entitlements.models import Account, EntitlementRule, Entry
from portal.organisation.models import Department
from portal.people.models import User
from tests.factories.database import as_owner

_number = count(1)


def rule(key: str = "career_budget", **fields: Any) -> EntitlementRule:
    """Make a rule: 500 euros a year in twelve parts, up to 1,500."""
    texts = {
        f"{name}_{code}": f"{name} {key} {code}"
        for name in ("label", "text", "source")
        for code in ("nl", "en")
    }
    amounts = {"yearly": 50_000, "cap": 150_000, "instalments": 12}
    start = {"valid_from": date(2020, 1, 1), "owner": Owner.PERSON, "unit": Unit.EURO}
    return EntitlementRule.objects.create(**{"key": key, **texts, **amounts, **start, **fields})


def days(**fields: Any) -> EntitlementRule:
    """Make the rule of two days a year that lapse."""
    given = {
        "yearly": 200,
        "cap": None,
        "instalments": 1,
        "unit": Unit.DAY,
        "does_lapse": True,
        "is_pro_rata": True,
    }
    return rule("development_days", **{**given, **fields})


def account(of: User | Department, amount: int = 0, key: str = "career_budget") -> Account:
    """Give somebody an account with that much in it (hundredths)."""
    owner = {"user": of} if isinstance(of, User) else {"department": of}
    with as_owner():
        made = Account.objects.create(key=key, **owner)
        if amount:
            act = f"opening:{next(_number)}"
            Entry.objects.create(
                key=act, account=made, kind=Kind.CREDIT, amount=amount, booked_on=date(2020, 1, 1)
            )
        made.refresh_from_db()
    return made
