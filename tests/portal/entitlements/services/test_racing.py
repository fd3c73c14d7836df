"""Many hands at one purse: the database keeps it from going below zero."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from portal.entitlements.errors import NotEnoughError
from portal.entitlements.models import Account, Entry
from portal.entitlements.services import booking
from portal.entitlements.services.booking import About
from portal.people.models import User
from portal.privacy.viewer import viewing
from tests.factories import entitlements, people
from tests.factories.database import as_owner

ABOUT = About(nl="n", en="e")


def _reserve(person: User, account: Account, number: int) -> bool:
    try:
        with viewing(person):
            booking.reserve(account=account, amount=300, key=f"race:{number}", about=ABOUT, actor=person)
    except NotEnoughError:
        return False
    else:
        return True
    finally:
        connection.close()


@pytest.mark.usefixtures("committed")
def test_racing_reservations_never_take_more_than_there_is() -> None:
    with transaction.atomic():
        person = people.user()
        account = entitlements.account(person, 1_000)
    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(lambda number: _reserve(person, account, number), range(16)))
    assert sum(done) == 3
    with as_owner():
        assert Account.objects.values_list("free", "held").get(pk=account.pk) == (100, 900)


@pytest.mark.usefixtures("committed")
def test_racing_settlements_of_one_reservation_count_once() -> None:
    with transaction.atomic():
        person = people.user()
        account = entitlements.account(person, 1_000)
    assert _reserve(person, account, 0)

    def settle(number: int) -> None:
        try:
            with viewing(person):
                act = booking.release if number % 2 else booking.spend
                act(key="race:0", actor=person)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(settle, range(8)))
    with as_owner():
        assert Entry.objects.filter(reservation__key="race:0").count() == 1
        free, held, spent = Account.objects.values_list("free", "held", "spent").get(pk=account.pk)
    assert (free + spent, held) == (1_000, 0)
