"""Bad input, an absent database, our own mistakes: a clear answer in plain words, never a traceback."""

import pytest
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client

from portal.interface import errors
from portal.people.models import User
from tests.factories import people

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.portal.interface.urls")]
HEADINGS = {
    400: "Dit adres of formulier klopt niet",
    404: "Wij kunnen deze pagina niet vinden",
    405: "Dit kunt u zo niet openen",
    409: "Er is intussen iets veranderd",
    413: "Dat is te veel in één keer",
    500: "Er ging bij ons iets mis",
    503: "Het portaal is er even niet",
}


@pytest.fixture
def browser_client() -> Client:
    """A client that gets the pages a browser gets."""
    return Client(raise_request_exception=False)


def heading(response) -> str:
    text: str = response.content.decode()
    return text.split('<h1 class="utrecht-heading-1">')[1].split("</h1>", maxsplit=1)[0].strip()


def assert_page(response, status: int) -> None:
    assert (response.status_code, heading(response)) == (status, HEADINGS[status])
    assert 'href="/nl/"' in response.content.decode()
    assert "Content-Security-Policy" in response.headers


@pytest.mark.parametrize(
    "address", ["/nl/%00/", "/nl/?q=%00", "/nl/?%00=1", "/nl/account/login/?next=%00", "/%00"]
)
def test_a_null_byte_in_the_address_is_refused(browser_client, address):
    assert browser_client.get(address, headers={"accept-language": "nl"}).status_code == 400
    assert_page(browser_client.get("/nl/?q=%00"), 400)


def test_a_null_byte_in_a_form_is_refused(browser_client):
    assert_page(browser_client.post("/nl/button/", {"note": "a\0b"}), 400)


def test_a_null_byte_in_a_cookie_is_refused(browser_client):
    browser_client.cookies["portal_session"] = "a\0b"
    assert_page(browser_client.get("/nl/mijn/"), 400)


def test_the_wrong_method_gets_a_page_and_the_allowed_methods(browser_client):
    response = browser_client.get("/nl/button/")
    assert_page(response, 405)
    assert response.headers["Allow"] == "POST"


def test_an_unknown_address(browser_client):
    assert_page(browser_client.get("/nl/no-such-page/"), 404)


def test_a_conflict_says_what_happened(browser_client):
    response = browser_client.get("/nl/changed/")
    assert_page(response, 409)
    assert "Mirjam heeft dit gesprek intussen verzet." in response.content.decode()


def test_a_form_just_under_the_limit_arrives_whole(browser_client, settings):
    text = "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE - 1000)
    response = browser_client.post("/nl/button/", {"note": text})
    assert (response.status_code, response.content.decode()) == (200, text)


@pytest.mark.parametrize("kind", ["urlencoded", "multipart"])
def test_a_form_above_the_limit_is_refused_with_a_sentence(browser_client, settings, kind):
    text = "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    body = {"data": f"note={text}", "content_type": "application/x-www-form-urlencoded"}
    response = browser_client.post(
        "/nl/button/", **(body if kind == "urlencoded" else {"data": {"note": text}})
    )
    assert_page(response, 413)
    assert "Er is dus niets bewaard" in response.content.decode()


def test_more_fields_than_the_portal_takes(browser_client, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    assert_page(browser_client.post("/nl/button/", {f"f{n}": "x" for n in range(5)}), 413)


def test_our_own_mistake_shows_no_detail(browser_client, caplog):
    response = browser_client.get("/nl/broken/")
    assert_page(response, 500)
    assert "secret" not in response.content.decode()
    assert "secret detail" in caplog.text


@pytest.mark.parametrize("status", [500, 503])
def test_the_plain_pages_need_no_database_session_or_user(rf, django_assert_num_queries, status):
    with django_assert_num_queries(0):
        response = errors.plain_page(rf.get("/nl/"), status)
    assert heading(response) == HEADINGS[status]


def test_without_its_static_files_the_page_still_comes_out(rf, monkeypatch):
    def missing(*_arguments):
        raise ValueError("Missing staticfiles manifest entry")

    monkeypatch.setattr("django.contrib.staticfiles.storage.staticfiles_storage.url", missing)
    response = errors.server_error(rf.get("/nl/"))
    assert (response.status_code, "Er ging bij ons iets mis" in response.content.decode()) == (500, True)


@pytest.mark.parametrize(
    ("address", "words"), [("/en/broken/", "Something went wrong"), ("/en/away/", "away for a moment")]
)
def test_both_languages(browser_client, address, words):
    response = browser_client.get(address)
    assert words in heading(response)
    assert '<html lang="en"' in response.content.decode()


def test_database_away_in_a_view(browser_client):
    response = browser_client.get("/nl/away/")
    assert_page(response, 503)
    assert response.headers["Retry-After"] == "30"
    assert "10.0.0.1" not in response.content.decode()


def test_database_away_before_the_view(browser_client, monkeypatch):
    browser_client.force_login(people.user())

    def refuse(*_arguments, **_named):
        raise OperationalError("the database system is shutting down")

    monkeypatch.setattr(BaseDatabaseWrapper, "cursor", refuse)
    response = browser_client.get("/nl/")
    monkeypatch.undo()
    assert_page(response, 503)


def test_a_form_of_an_old_page_says_so():
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    response = strict.post("/nl/button/", {"note": "mine"})
    assert (response.status_code, heading(response)) == (403, "Deze pagina stond te lang open")


def test_a_page_of_another_role(client):
    client.force_login(people.user())
    response = client.get("/beheer/", headers={"accept-language": "nl"})
    assert (response.status_code, heading(response)) == (403, "Deze pagina is niet voor u")
    assert User.objects.count() == 1
