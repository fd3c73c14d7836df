"""Budgets and days of the sample: the rules, what was saved before, and the instalments of the last year."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

from portal.demo.sample.world import World
from portal.entitlements.enums import Kind
from portal.entitlements.models import Account, Entry
from portal.entitlements.services.content import load_rules
from portal.entitlements.services.crediting import credit_yearly
from portal.people.models import User

# What somebody had saved a year ago, in hundredths; the first is Samira's.
SAVED = (65_834, 0, 12_000, 40_000, 80_000, 100_000, 120_000)
ABOUT = {"about_nl": "Beginsaldo", "about_en": "Opening balance"}


def make(world: World) -> None:
    """Load the rules and book what they gave; as the tables' owner, because no page may do that."""
    with as_owner():
        load_rules()
        _open(world)
        credit_yearly(on=world.today)


def _open(world: World) -> None:
    first, *others = SAVED
    saved = {user: world.dice.choice(others) for user in world.people.values()}
    saved |= {world.account("employee"): first, world.account("employee2"): 0}
    accounts = {user: Account(user=user, key="career_budget") for user in saved}
    Account.objects.bulk_create(accounts.values())
    Entry.objects.bulk_create(
        [_opening(world, accounts[user], user, amount) for user, amount in saved.items() if amount]
    )


def _opening(world: World, account: Account, user: User, amount: int) -> Entry:
    return Entry(
        key=f"opening:{user.reference}",
        account=account,
        kind=Kind.CORRECTION,
        amount=amount,
        booked_on=world.in_months(-12),
        **ABOUT,
    )


@contextmanager
def as_owner() -> Iterator[None]:
    """Do what no page may, as the tables' owner; only what is committed is in sight."""
    page = connections["default"]
    connections["default"] = connections["owner"]
    try:
        yield
    finally:
        connections["default"] = page
