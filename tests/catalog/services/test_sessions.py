"""What the organiser does: seats up and down, calling off; and what is paid in the end."""

from datetime import timedelta

import pytest

from catalog import errors
from catalog.enums import EnrolmentStatus, Pot
from catalog.models import Session
from catalog.services import sessions
from portal import clock
from portal.entitlements.models import Account
from portal.people.enums import Role
from portal.people.models import User
from portal.privacy.viewer import viewing
from tests.catalog.services.world import crowd, fresh, give_back, letters, take, work
from tests.factories import catalog, entitlements, people

pytestmark = pytest.mark.django_db


def own_money(in_days: float = 30) -> tuple[Session, Account, User]:
    """Return a session of € 195, an account of € 250 and whose it is."""
    paid = catalog.offering(cost_eur=195, pots={Pot.OWN_BUDGET: catalog.notice("none_own_budget")})
    person = people.employee()
    return catalog.session(paid, in_days=in_days), entitlements.account(person, 25_000), person


def money(account: Account) -> tuple[int, int, int]:
    """Return what is free, set aside and spent."""
    found = fresh(account)
    return (found.free, found.held, found.spent)


def test_more_seats_go_to_who_waits_and_fewer_take_nobodys_place() -> None:
    run, (first, second, third) = catalog.session(seats=1), crowd(3)
    rows = [take(run, person) for person in (first, second, third)]
    editor = people.holder(Role.EDITOR)
    with viewing(editor):
        sessions.set_seats(session=run, seats=2, actor=editor)
    work()
    assert [fresh(row).status for row in rows] == ["active", "offered", "waiting"]
    with viewing(editor), pytest.raises(errors.TooFewSeats):
        sessions.set_seats(session=run, seats=1, actor=editor)
    assert fresh(run).seats == 2


def test_calling_off_tells_everybody_and_gives_the_money_back() -> None:
    run, account, person = own_money()
    sure = take(run, person, Pot.OWN_BUDGET)
    assert money(account) == (5_500, 19_500, 0)
    editor = people.holder(Role.EDITOR)
    for _again in range(2):
        with viewing(editor):
            sessions.call_off(session=run, actor=editor)
        work()
    assert (fresh(sure).status, money(account)) == (EnrolmentStatus.CANCELLED, (25_000, 0, 0))
    assert letters(person) == ["confirmed", "called_off"]
    with pytest.raises(errors.SessionCancelled):
        take(run, people.employee())
    with viewing(editor), pytest.raises(errors.SessionCancelled):
        sessions.set_seats(session=run, seats=20, actor=editor)


def test_the_price_is_paid_when_the_session_has_begun() -> None:
    run, account, person = own_money()
    sure = take(run, person, Pot.OWN_BUDGET)
    work()
    assert money(account) == (5_500, 19_500, 0)
    with clock.frozen(run.starts_at + timedelta(hours=1)):
        work()
        work()
    assert (money(account), fresh(sure).paid_at is not None) == ((5_500, 0, 19_500), True)


def test_giving_back_too_late_stays_paid() -> None:
    run, account, person = own_money(in_days=3)
    give_back(take(run, person, Pot.OWN_BUDGET))
    assert money(account) == (5_500, 0, 19_500)
