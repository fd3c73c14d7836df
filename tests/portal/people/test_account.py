"""One's own account page, and the mail about it."""

import pytest

from portal.interface import registry
from portal.interface.registry import MenuItem
from portal.people.enums import Role
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def samira(client):
    person = people.employee("Samira el Idrissi", language="nl")
    client.force_login(person)
    return person


def test_it_shows_name_address_roles_and_language(client, samira):
    people.role(samira, Role.HR, of=people.faculty("ART", name_nl="Letteren"))
    page = client.get("/nl/account/").content.decode()
    for words in ("Samira el Idrissi", samira.email, "HR-medewerker", "Letteren", "Mijn rollen"):
        assert words in page
    assert "Leidinggevende" not in page


def test_a_manager_reads_why(client, samira):
    people.employee("Chen Yifan", manager=samira)
    assert "omdat u leiding geeft" in client.get("/nl/account/").content.decode()


def test_choosing_a_language_counts_at_once(client, samira):
    answer = client.post("/nl/account/", {"language": "en"}, follow=True)
    assert answer.redirect_chain == [("/en/account/", 302)]
    assert "The portal now speaks English to you." in answer.content.decode()
    samira.refresh_from_db()
    assert samira.language == "en"


def test_an_unknown_language_comes_back(client, samira):
    answer = client.post("/nl/account/", {"language": "fr"})
    assert "Kies een van de antwoorden" in answer.content.decode()
    samira.refresh_from_db()
    assert samira.language == "nl"


def test_rooms_above_hang_up_links(client, samira):
    registry.account.add(MenuItem(key="test", label="Een link van boven", url_name="home"))
    try:
        assert "Een link van boven" in client.get("/nl/account/").content.decode()
    finally:
        registry.account.remove("test")


def test_visitors_sign_in_first(client):
    assert client.get("/nl/account/").headers["Location"] == "/nl/account/login/?next=/nl/account/"
