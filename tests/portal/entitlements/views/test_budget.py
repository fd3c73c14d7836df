"""The pages of budgets."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.entitlements.enums import Owner
from portal.entitlements.models import Account
from portal.entitlements.services import booking
from portal.entitlements.services.booking import About
from portal.people.models import User
from portal.privacy.viewer import viewing
from tests.factories import entitlements, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def samira(client: Client) -> User:
    """Somebody with 1,150 euros, of which 195 are set aside; signed in."""
    person = people.employee(manager=people.employee("Hanneke Bos"))
    entitlements.rule()
    account = entitlements.account(person, 115_000)
    with viewing(person):
        about = About(nl="Netwerken zonder ongemak", en="Networking without the awkwardness")
        booking.reserve(account=account, amount=19_500, key="k", about=about, actor=person)
    client.force_login(person)
    return person


def text(response: Any) -> str:
    """Return the page with spaces made plain."""
    return " ".join(response.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())


def test_the_ledger_says_what_is_left_by_which_rule_and_where_it_went(client: Client, samira: User) -> None:
    dutch, english = text(client.get("/nl/budget/")), text(client.get("/en/budget/"))
    for sentence in (
        "€ 955",
        "€ 195",
        "€ 1.500",
        "Netwerken zonder ongemak",
        "text career_budget nl",
        "source career_budget nl",
    ):
        assert sentence in dutch
    for sentence in (
        "€955",
        "€195",
        "€1,500",
        "Networking without the awkwardness",
        "source career_budget en",
    ):
        assert sentence in english


def test_another_persons_ledger_shows_nothing_of_mine(client: Client, samira: User) -> None:
    client.force_login(people.employee("Piet Blok"))
    assert "955" not in text(client.get("/nl/budget/"))


def test_visitors_sign_in_first(client: Client) -> None:
    response = client.get("/nl/budget/")
    assert (response.status_code, response["Location"].startswith("/nl/account/login/")) == (302, True)


def test_the_home_page_shows_the_balance(client: Client, samira: User) -> None:
    assert "€ 955" in text(client.get("/nl/"))


def test_a_manager_sees_the_departments_budget_and_others_do_not(client: Client) -> None:
    boss, unit = people.employee("Hanneke Bos"), people.department()
    person = people.employee(manager=boss, department=unit)
    entitlements.rule("department_development", owner=Owner.DEPARTMENT, cap=None)
    pot = entitlements.account(unit, 1_200_000, key="department_development")
    addresses = ["/nl/budget/afdelingen/", f"/nl/budget/afdelingen/{pot.reference}/"]
    client.force_login(boss)
    assert ["€ 12.000" in text(client.get(address)) for address in addresses] == [True, True]
    client.force_login(person)
    assert [client.get(address).status_code for address in addresses] == [403, 404]


def test_more_bookings_ask_no_more_queries(client: Client, samira: User) -> None:
    client.get("/nl/budget/")
    with CaptureQueriesContext(connection) as one:
        client.get("/nl/budget/")
    with viewing(samira):
        account = Account.objects.get(user=samira)
        for number in range(2):
            about = About(nl="n", en="e")
            booking.reserve(account=account, amount=1, key=f"more:{number}", about=about, actor=samira)
    with CaptureQueriesContext(connection) as three:
        client.get("/nl/budget/")
    assert len(three) == len(one)
