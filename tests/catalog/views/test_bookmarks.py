"""Keeping an offering for later: from its page and a list, with and without JavaScript."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.models import Bookmark
from portal.privacy.viewer import viewing
from tests.factories import catalog, people
from tests.factories.database import as_owner

pytestmark = pytest.mark.django_db


def kept() -> list[tuple[str, str]]:
    """Return who keeps what, past the wall."""
    with as_owner():
        return list(Bookmark.objects.values_list("owner__given_name", "offering__slug").order_by("pk"))


def test_kept_from_a_list_one_comes_back_there_and_finds_it_on_ones_own_page(client: Client) -> None:
    """A17: bookmark, without JavaScript; twice is once, and off again."""
    offering, person = catalog.offering("Helder schrijven"), people.employee("Samira el Idrissi")
    client.force_login(person)
    address, back = f"/nl/aanbod/{offering.slug}/bewaren/", "/nl/aanbod/?q=schrijven"
    assert "Bewaren" in client.get(back).content.decode()
    for _twice in range(2):
        assert client.post(address, {"keep": "yes", "next": back})["Location"] == back
    assert kept() == [("Samira", offering.slug)]
    assert "Helder schrijven" in client.get("/nl/mijn/").content.decode()
    assert "Bewaard: van mijn lijst halen" in client.get(f"/nl/aanbod/{offering.slug}/").content.decode()
    client.post(address, {"keep": "no"})
    assert kept() == []
    assert "Helder schrijven" not in client.get("/nl/mijn/").content.decode()


def test_nobody_is_led_away_and_htmx_gets_the_button_only(client: Client) -> None:
    offering, person = catalog.offering(), people.employee()
    client.force_login(person)
    address = f"/nl/aanbod/{offering.slug}/bewaren/"
    away = client.post(address, {"keep": "yes", "next": "https://elsewhere.example/"})
    assert away["Location"] == f"/nl/aanbod/{offering.slug}/"
    part = client.post(address, {"keep": "no"}, headers={"HX-Request": "true"}).content.decode()
    assert "<form" in part
    assert "<html" not in part
    assert client.post("/nl/aanbod/bestaat-niet/bewaren/", {"keep": "yes"}).status_code == 404
    assert client.get(address).status_code == 405


def test_somebody_elses_list_is_not_seen(client: Client) -> None:
    offering, owner, other = catalog.offering(), people.employee("Samira el Idrissi"), people.employee()
    client.force_login(owner)
    client.post(f"/nl/aanbod/{offering.slug}/bewaren/", {"keep": "yes"})
    with viewing(other):
        assert list(Bookmark.objects.all()) == []
    client.force_login(other)
    assert offering.title not in client.get("/nl/mijn/").content.decode()


def test_the_own_page_asks_as_much_for_three_as_for_one(client: Client) -> None:
    person = people.employee()
    client.force_login(person)

    def asked() -> int:

        with CaptureQueriesContext(connection) as queries:
            client.get("/nl/mijn/")
        return len(queries)

    numbers = []
    for rows in (1, 2):
        for _row in range(rows):
            client.post(f"/nl/aanbod/{catalog.offering().slug}/bewaren/", {"keep": "yes"})
        client.get("/nl/mijn/")
        numbers.append(asked())
    assert numbers[0] == numbers[1]
