"""What somebody has left, and who else sees it."""

from datetime import date

import pytest

from portal import clock
from portal.entitlements.enums import Owner, Unit
from portal.entitlements.models import Account, Entry
from portal.entitlements.queries.balances import balance, balances, department_balances
from portal.entitlements.services import booking
from portal.entitlements.services.booking import About
from portal.organisation.enums import Contract
from portal.people.enums import Role
from portal.privacy import wall
from portal.privacy.viewer import viewing
from tests.factories import entitlements, people

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 13)


def test_a_balance_says_what_is_free_and_set_aside_and_when_saving_stops() -> None:
    person = people.employee()
    entitlements.rule()
    account = entitlements.account(person, 115_000)
    with clock.frozen(clock.local(TODAY, 9)), viewing(person):
        booking.reserve(account=account, amount=19_500, key="k", about=About(nl="n", en="e"), actor=person)
        found = balance(person, "career_budget")
        assert found is not None
        assert (found.free, found.held, found.spent, found.total) == (95_500, 19_500, 0, 115_000)
        assert (found.stops_on, found.free_share, found.held_share) == (date(2027, 7, 1), "63.7", "13.0")
        before = balance(person, "career_budget", on=date(2026, 10, 12))
        assert before is not None
        assert (before.free, before.held) == (115_000, 0)


def test_a_right_without_an_amount_depends_on_the_contract() -> None:
    entitlements.rule("advice", unit=Unit.RIGHT, yearly=0, contracts=[Contract.TEMPORARY], minimum_months=24)
    ends = {"two": date(2026, 12, 31), "short": date(2026, 12, 30)}
    temporary = {name: people.user() for name in ends}
    for name, person in temporary.items():
        people.appointment(
            person, contract=Contract.TEMPORARY, starts_on=date(2025, 1, 1), ends_on=ends[name]
        )
    permanent = people.employee()
    found = {name: [row.rule.key for row in balances(person, TODAY)] for name, person in temporary.items()}
    assert found == {"two": ["advice"], "short": []}
    assert balances(permanent, TODAY) == []


def test_what_is_left_stays_in_sight_after_leaving() -> None:
    entitlements.rule()
    person = people.user()
    entitlements.account(person, 10_000)
    with viewing(person):
        assert [row.free for row in balances(person, TODAY)] == [10_000]


def test_only_the_owner_sees_a_personal_budget() -> None:
    boss, hr = people.employee("Hanneke Bos"), people.holder(Role.HR, "Joke Vos")
    admin = people.holder(Role.ADMINISTRATOR, "Ad Min")
    person = people.employee(manager=boss)
    entitlements.account(person, 10_000)
    seen = {}
    for viewer in (person, boss, hr, admin, None):
        with viewing(viewer):
            seen[viewer] = (Account.objects.count(), Entry.objects.count())
            if viewer:
                assert wall.visible(Account, viewer).count() == Account.objects.count()
                assert wall.visible(Entry, viewer).count() == Entry.objects.count()
    assert seen == {person: (1, 1), boss: (0, 0), hr: (0, 0), admin: (0, 0), None: (0, 0)}


def test_a_department_budget_is_seen_by_its_managers_and_central_hr() -> None:
    boss, other, unit = people.employee("Hanneke Bos"), people.employee("Piet Blok"), people.department()
    person = people.employee(manager=boss, department=unit)
    people.employee(manager=other)
    hr, faculty_hr = people.holder(Role.HR, "Joke Vos"), people.holder(Role.HR, "Fa Culty", of=unit.faculty)
    entitlements.rule("department_development", owner=Owner.DEPARTMENT, cap=None)
    entitlements.account(unit, 1_200_000, key="department_development")
    seen = {}
    for viewer in (boss, other, person, hr, faculty_hr):
        with viewing(viewer):
            seen[viewer] = [row.free for row in department_balances(viewer, TODAY)]
            assert len(seen[viewer]) == Account.objects.count()
    assert seen == {boss: [1_200_000], other: [], person: [], hr: [1_200_000], faculty_hr: []}
