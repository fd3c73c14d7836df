"""The ledger: what is booked, what is refused, and who may book."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from portal.entitlements.enums import Kind
from portal.entitlements.errors import NotEnoughError
from portal.entitlements.models import Account, Entry
from portal.entitlements.services import booking
from portal.entitlements.services.booking import About
from portal.people.models import User
from portal.privacy.viewer import viewing
from tests.factories import entitlements, people
from tests.factories.database import as_owner

pytestmark = pytest.mark.django_db
ABOUT = About(nl="Netwerken zonder ongemak", en="Networking")


@pytest.fixture
def samira() -> User:
    """Somebody with 1,150 euros."""
    person = people.employee()
    entitlements.account(person, 115_000)
    return person


def sums(person: User) -> tuple[int, int, int]:
    """Return what is free, set aside and spent."""
    with as_owner():
        return Account.objects.values_list("free", "held", "spent").get(user=person)


def reserve(person: User, amount: int = 19_500, key: str = "enrolment:1") -> Entry:
    """Set an amount aside as that person."""
    with viewing(person):
        account = Account.objects.get(user=person)
        return booking.reserve(account=account, amount=amount, key=key, about=ABOUT, actor=person)


def test_a_reservation_moves_money_from_free_to_set_aside(samira: User) -> None:
    entry = reserve(samira)
    assert (entry.kind, entry.amount, entry.beneficiary, entry.about_nl) == (
        Kind.RESERVATION,
        19_500,
        samira,
        ABOUT.nl,
    )
    assert sums(samira) == (95_500, 19_500, 0)


def test_the_same_act_twice_is_booked_once(samira: User) -> None:
    assert reserve(samira) == reserve(samira)
    assert sums(samira) == (95_500, 19_500, 0)


@pytest.mark.parametrize(("settle", "after"), [("release", (115_000, 0, 0)), ("spend", (95_500, 0, 19_500))])
def test_what_was_set_aside_is_given_back_or_spent_once(
    samira: User, settle: str, after: tuple[int, int, int]
) -> None:
    reserve(samira)
    with viewing(samira):
        assert getattr(booking, settle)(key="enrolment:1", actor=samira) is not None
        assert booking.release(key="enrolment:1", actor=samira) is None
        assert booking.spend(key="enrolment:1", actor=samira) is None
    assert sums(samira) == after


def test_more_than_is_free_is_refused_with_a_sentence(samira: User) -> None:
    with pytest.raises(NotEnoughError, match="niet genoeg over"):
        reserve(samira, 115_001)
    assert sums(samira) == (115_000, 0, 0)


def test_the_database_refuses_to_settle_more_than_was_reserved(samira: User) -> None:
    first = reserve(samira)
    reserve(samira, key="enrolment:2")
    with viewing(samira), pytest.raises(IntegrityError, match="More is settled"), transaction.atomic():
        Entry.objects.bulk_create(
            [
                Entry(
                    key="x",
                    account_id=first.account_id,
                    kind=Kind.RELEASE,
                    amount=19_501,
                    reservation=first,
                    beneficiary=samira,
                )
            ]
        )
    assert sums(samira) == (76_000, 39_000, 0)


def test_entries_and_sums_cannot_be_changed(samira: User) -> None:
    reserve(samira)
    with viewing(samira):
        assert (Entry.objects.update(amount=1), Account.objects.update(free=999_999)) == (0, 0)
    with as_owner(), pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Entry.objects.update(amount=1)
    assert sums(samira) == (95_500, 19_500, 0)


def test_nobody_adds_to_their_own_budget(samira: User) -> None:
    with viewing(samira):
        gift = Entry(key="gift", account=Account.objects.get(), kind=Kind.CREDIT, amount=100)
        with pytest.raises(DatabaseError, match="row-level security"):
            booking.book(gift)


def test_a_manager_reserves_for_an_employee_who_may_give_it_back() -> None:
    boss, unit = people.employee("Hanneke Bos"), people.department()
    person = people.employee(manager=boss, department=unit)
    pot = entitlements.account(unit, 1_200_000, key="department_development")
    with viewing(boss):
        account = Account.objects.get(pk=pot.pk)
        booking.reserve(
            account=account, amount=19_500, key="enrolment:3", about=ABOUT, actor=boss, beneficiary=person
        )
    with viewing(person):
        assert not Account.objects.filter(pk=pot.pk).exists()
        assert booking.release(key="enrolment:3", actor=person) is not None
    with viewing(boss):
        assert Account.objects.values_list("free", "held").get(pk=pot.pk) == (1_200_000, 0)


def test_central_hr_corrects_and_a_manager_does_not() -> None:
    from portal.people.enums import Role

    boss, unit, hr = people.employee("Hanneke Bos"), people.department(), people.holder(Role.HR, "Joke Vos")
    people.employee(manager=boss, department=unit)
    pot = entitlements.account(unit, 1_000, key="department_development")
    with viewing(hr):
        booking.correct(account=pot, amount=-400, key="correction:1", about=ABOUT, actor=hr)
        with pytest.raises(NotEnoughError):
            booking.correct(account=pot, amount=-601, key="correction:2", about=ABOUT, actor=hr)
    with viewing(boss), pytest.raises(DatabaseError, match="row-level security"):
        booking.correct(account=pot, amount=1, key="correction:3", about=ABOUT, actor=boss)
