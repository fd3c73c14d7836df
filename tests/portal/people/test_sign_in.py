"""Signing in and out, without JavaScript."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from portal.people.models import User
from tests.factories import people

pytestmark = pytest.mark.django_db
LOGIN = "/nl/account/login/"


def sign_in(client, person, password=people.PASSWORD, address=LOGIN, **more):
    return client.post(address, {"login": person.email, "password": password, **more})


@pytest.fixture
def samira():
    return people.user("Samira el Idrissi", password=people.PASSWORD)


def test_the_form_has_the_promised_fields(client):
    page = client.get(LOGIN).content.decode()
    assert f'action="{LOGIN}"' in page
    for name in ("login", "password", "csrfmiddlewaretoken"):
        assert f'name="{name}"' in page
    assert "<script>" not in page
    assert "style=" not in page


def test_csrf_is_checked(samira):
    strict = Client(enforce_csrf_checks=True)
    assert sign_in(strict, samira).status_code == 403
    token = strict.get(LOGIN).cookies["csrftoken"].value
    assert sign_in(strict, samira, csrfmiddlewaretoken=token).status_code == 302


@pytest.mark.parametrize(("language", "home"), [("nl", "/nl/"), ("en", "/en/")])
@pytest.mark.parametrize("address", ["/nl/account/login/", "/en/account/login/"])
def test_leads_to_ones_own_language(client, samira, language, home, address):
    User.objects.update(language=language)
    assert sign_in(client, samira, address=address).headers["Location"] == home


def test_next_goes_before_and_stays_inside(client, samira):
    assert sign_in(client, samira, next="/en/mine/").headers["Location"] == "/en/mine/"
    client.logout()
    assert sign_in(client, samira, next="https://evil.example/").headers["Location"] == "/nl/"


def test_capitals_and_spaces_in_the_address(client, samira):
    answer = client.post(LOGIN, {"login": f" {samira.email.upper()} ", "password": people.PASSWORD})
    assert answer.status_code == 302


@pytest.mark.parametrize("what", ["password", "address", "inactive"])
def test_a_wrong_pair_says_so_and_no_more(client, samira, what):
    if what == "inactive":
        User.objects.update(is_active=False)
    email = "nobody@universiteit.example" if what == "address" else samira.email
    password = "wrong-password" if what == "password" else people.PASSWORD
    answer = client.post("/en/account/login/", {"login": email, "password": password})
    assert "_auth_user_id" not in client.session
    page = answer.content.decode() if answer.status_code == 200 else ""
    assert what == "inactive" or "This e-mail address and this password don" in page


def test_thirty_sign_ins_a_minute_from_one_address(samira):
    for _ in range(35):
        assert sign_in(Client(), samira).status_code == 302


def test_guessing_one_account_is_slowed_down(client, samira):
    answers = [sign_in(client, samira, password="wrong-password") for _ in range(6)]
    assert "Te veel pogingen" in answers[-1].content.decode()


def test_signing_out_asks_and_needs_a_post(client, samira):
    client.force_login(samira)
    page = client.get(reverse("account_logout"))
    assert page.status_code == 200
    assert "_auth_user_id" in client.session
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


def test_nobody_signs_up(client):
    with translation.override("en"):
        address = reverse("account_signup")
    data = {"email": "new@universiteit.example", "password1": "long-enough-1", "password2": "long-enough-1"}
    assert "know this account" in client.get(address).content.decode()
    client.post(address, data)
    assert not User.objects.exists()


def test_an_address_can_not_be_changed(client, samira):
    client.force_login(samira)
    with translation.override("en"):
        address = reverse("account_email")
    assert "It comes from the staff administration." in client.get(address).content.decode()
    assert client.post(address, {"email": "other@evil.example", "action_add": ""}).status_code == 405


def test_the_second_step_is_off_in_the_demonstration():
    assert settings.REQUIRE_MFA is False


@pytest.mark.parametrize("name", ["account_reset_password", "account_change_password", "account_reset_password_done",
                                  "account_inactive", "account_home", "mfa_index"])  # fmt: skip
@pytest.mark.parametrize("language", ["nl", "en"])
def test_pages_come_in_our_frame_in_both_languages(client, samira, name, language):
    if name in ("account_change_password", "account_home", "mfa_index"):
        client.force_login(samira)
    with translation.override(language):
        answer = client.get(reverse(name))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in page
    assert 'class="masthead' in page
    assert "style=" not in page
