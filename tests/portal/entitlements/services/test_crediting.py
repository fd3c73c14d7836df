"""What the rules add and take off by themselves."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from portal.entitlements.enums import Kind, Owner
from portal.entitlements.models import Account, Entry
from portal.entitlements.services import booking
from portal.entitlements.services.booking import About
from portal.entitlements.services.content import load_rules
from portal.entitlements.services.crediting import credit_yearly
from portal.organisation.enums import Contract
from portal.people.models import User
from tests.factories import entitlements, people
from tests.factories.database import as_owner

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 13)


def free(of: User, key: str = "career_budget") -> int:
    """Return what somebody has free."""
    return Account.objects.values_list("free", flat=True).get(user=of, key=key)


def test_a_year_of_instalments_makes_the_yearly_amount_and_the_scan_may_run_again() -> None:
    person = people.employee()
    entitlements.rule()
    with as_owner():
        assert credit_yearly(on=date(2026, 12, 31)) == 12
        assert credit_yearly(on=date(2026, 12, 31)) == 0
        assert free(person) == 50_000


def test_saving_stops_at_the_maximum_and_says_so() -> None:
    person = people.employee()
    entitlements.rule(cap=10_000)
    with as_owner():
        credit_yearly(on=TODAY)
        assert free(person) == 10_000
        last = Entry.objects.filter(account__user=person).first()
        assert last is not None
        assert (last.kind, last.amount, last.booked_on) == (Kind.CREDIT, 0, date(2026, 10, 1))
        account = Account.objects.get(user=person)
        booking.reserve(account=account, amount=5_000, key="k", about=About(nl="n", en="e"), actor=person)
        booking.spend(key="k", actor=person)
        assert credit_yearly(on=TODAY) == 0
        assert credit_yearly(on=date(2026, 11, 1)) == 1
        assert free(person) == 5_000 + 4_166


def test_days_are_in_proportion_and_lapse_at_the_turn_of_the_year() -> None:
    person = people.user()
    people.appointment(person, hours_per_week=Decimal(19))
    entitlements.days()
    with as_owner():
        credit_yearly(on=date(2026, 6, 1))
        assert free(person, "development_days") == 100
        assert credit_yearly(on=date(2027, 1, 1)) == 2
        kinds = Entry.objects.filter(account__user=person).order_by("booked_on", "kind")
        assert list(kinds.values_list("kind", "amount")) == [("credit", 100), ("credit", 100), ("lapse", 100)]
        assert free(person, "development_days") == 100


def test_who_gets_nothing() -> None:
    permanent, left, newcomer = people.employee(), people.user(), people.user()
    people.appointment(left, ends_on=date(2024, 1, 31))
    people.appointment(newcomer, starts_on=date(2026, 9, 15), contract=Contract.TEMPORARY)
    entitlements.rule(contracts=[Contract.TEMPORARY])
    with as_owner():
        credit_yearly(on=TODAY)
        assert not Account.objects.filter(user__in=[permanent, left]).exists()
        assert Entry.objects.filter(account__user=newcomer).count() == 1


def test_a_new_version_of_a_rule_counts_from_its_first_day() -> None:
    person = people.employee()
    entitlements.rule(yearly=12_000, valid_until=date(2026, 6, 30))
    entitlements.rule(yearly=24_000, valid_from=date(2026, 7, 1))
    with as_owner():
        credit_yearly(on=date(2026, 12, 31))
        assert free(person) == 6 * 1_000 + 6 * 2_000


def test_departments_get_their_budget() -> None:
    unit = people.department()
    entitlements.rule(
        "department_development", owner=Owner.DEPARTMENT, yearly=1_200_000, cap=None, instalments=1
    )
    with as_owner():
        assert credit_yearly(on=date(2026, 3, 1)) == 1
        assert Account.objects.get(department=unit).free == 1_200_000


def test_the_pages_cannot_run_the_scan() -> None:
    people.employee()
    entitlements.rule()
    with pytest.raises(DatabaseError), transaction.atomic():
        credit_yearly(on=TODAY)


def test_two_versions_of_a_rule_do_not_overlap() -> None:
    entitlements.rule()
    with pytest.raises(DatabaseError, match="rule_once_a_day"), transaction.atomic():
        entitlements.rule(valid_from=date(2026, 1, 1))


def test_the_sample_rules_load_twice() -> None:
    assert load_rules() == load_rules() == 5
