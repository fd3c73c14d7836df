"""The frame around each page: language switch, menu, role, who is signed in."""

import pytest
from django.test import Client

from portal.people.enums import Role
from tests.factories import people

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.portal.interface.urls")]


def links_to(response, code: str) -> list[str]:
    return [link["url"] for link in response.context["languages"] if link["code"] == code]


@pytest.mark.parametrize(
    ("here", "code", "there"),
    [
        ("/nl/", "en", "/en/"),
        ("/nl/wie-ziet-wat/", "en", "/en/who-sees-what/"),
        ("/en/who-sees-what/?q=a%20b&page=2", "nl", "/nl/wie-ziet-wat/?q=a%20b&page=2"),
    ],
)
def test_the_switch_stays_on_the_page(client, here, code, there):
    response = client.get(here)
    assert links_to(response, code) == [there]
    assert client.get(there).status_code == 200
    assert f'hreflang="{code}">' in response.content.decode()


def test_the_switch_of_a_page_without_a_language_goes_by_a_cookie(client):
    administrator = people.user()
    people.role(administrator, Role.ADMINISTRATOR)
    client.force_login(administrator)
    there = links_to(client.get("/beheer/"), "en")
    assert there == ["/language/en/?next=%2Fbeheer%2F"]
    response = client.get(there[0])
    assert (response.headers["Location"], response.cookies["django_language"].value) == ("/beheer/", "en")
    assert '<html lang="en"' in client.get("/beheer/").content.decode()


def test_a_page_without_a_language_speaks_the_one_somebody_works_in(client):
    administrator = people.user()
    people.role(administrator, Role.ADMINISTRATOR)
    assert "django_language" not in client.get("/en/").cookies  # a visitor gets no cookie
    client.force_login(administrator)
    client.get("/en/")
    assert '<html lang="en"' in client.get("/beheer/").content.decode()
    client.get("/nl/")
    assert '<html lang="nl"' in client.get("/beheer/").content.decode()


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_the_switch_never_leads_elsewhere(client, elsewhere):
    assert client.get("/language/en/", {"next": elsewhere}).url == "/en/"


def test_an_unknown_language_is_not_found(client):
    assert client.get("/language/fr/").status_code == 404


@pytest.mark.parametrize(("accepts", "home"), [("nl", "/nl/"), ("en-GB,en;q=0.9", "/en/"), ("fr", "/nl/")])
def test_the_bare_address_leads_home_in_the_language_of_the_browser(accepts, home):
    assert Client().get("/", headers={"accept-language": accepts}).headers["Location"] == home


def menu(client) -> list[str]:
    return [entry["item"].key for entry in client.get("/nl/").context["menu_items"]]


def test_the_menu_of_a_visitor_leads_only_to_public_pages(client):
    keys = menu(client)
    assert {"home", "who_sees_what"} <= set(keys)
    assert {"mine", "administration"} & set(keys) == set()


def test_everybody_who_is_signed_in_finds_their_file_and_who_sees_what(client):
    client.force_login(people.user())
    assert {"home", "mine", "who_sees_what"} <= set(menu(client))
    assert "administration" not in menu(client)


def test_the_menu_marks_where_one_is(client):
    entries = client.get("/nl/wie-ziet-wat/").context["menu_items"]
    assert [entry["item"].key for entry in entries if entry["current"]] == ["who_sees_what"]


def test_home_greets_by_name_and_mine_shows_the_whole_name(client):
    client.force_login(people.user("Samira el Idrissi"))
    assert ", Samira</h1>" in client.get("/nl/").content.decode()
    assert '<p class="kicker">Samira el Idrissi</p>' in client.get("/nl/mijn/").content.decode()


def test_mine_asks_to_sign_in_first(client):
    assert client.get("/en/mine/").url == "/en/account/login/?next=/en/mine/"


def test_the_label_says_in_which_role_one_works(client):
    client.force_login(people.user())
    assert "U werkt als loopbaanadviseur" in client.get("/nl/role/?as=Loopbaanadviseur").content.decode()
    assert "U werkt als HR" in client.get("/nl/role/?as=HR").content.decode()
    assert "U werkt als" not in client.get("/nl/mijn/").content.decode()


@pytest.mark.parametrize(
    "address", ["/nl/", "/nl/wie-ziet-wat/", "/nl/privacy/", "/nl/toegankelijkheid/", "/robots.txt"]
)
def test_pages_take_no_form(client, address):
    assert client.post(address).status_code == 405


def test_nothing_inline(client):
    html = client.get("/nl/bouwstenen/").content.decode()
    assert [part for part in (" style=", "<style", "onclick=", "<script>") if part in html] == []


def test_the_building_stones_are_not_in_production(client, settings):
    settings.PRODUCTION = True
    assert client.get("/nl/bouwstenen/").status_code == 404


def test_the_table_of_who_sees_what_gives_a_stranger_and_the_administrator_nothing(client):
    rows = {row.key: row for row in client.get("/en/who-sees-what/").context["audiences"]}
    for key in ("other_advisor", "administrator"):
        row = rows[key]
        assert {str(row.trajectory), str(row.words), str(row.agreement), str(row.evaluation)} == {"Nothing"}
    assert str(rows["hr"].words) == "Nothing"
