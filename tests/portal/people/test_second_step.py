"""The second step: required of roles where the setting says so, and set up before anything else."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.urls import reverse

from portal.people.enums import Role
from tests.factories import people

pytestmark = pytest.mark.django_db
LOGIN = "/nl/account/login/"


def code_for(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def sign_in(client, person):
    return client.post(LOGIN, {"login": person.email, "password": people.PASSWORD})


def set_up(client):
    """Confirm with the password that it is still you, then switch the second step on."""
    address = reverse("mfa_activate_totp")
    client.post(reverse("account_reauthenticate"), {"password": people.PASSWORD, "next": address})
    page = client.get(address).content.decode()
    assert 'src="data:image/svg+xml' in page
    assert "style=" not in page
    (secret,) = re.findall(r"<code>([A-Z2-7]+)</code>", page)
    return client.post(address, {"code": code_for(secret)})


@pytest.fixture
def required(settings):
    settings.REQUIRE_MFA = True


@pytest.mark.parametrize("role", list(Role))
def test_every_role_is_led_to_set_it_up(client, required, role):
    client.force_login(people.holder(role))
    for address in ("/nl/", "/nl/mijn/", "/beheer/", "/nl/account/"):
        assert client.get(address).headers.get("Location") == reverse("mfa_activate_totp"), address
    assert client.get(reverse("account_logout")).status_code == 200


def test_employees_and_visitors_are_left_alone(client, required):
    assert client.get("/nl/").status_code == 200
    client.force_login(people.user())
    assert client.get("/nl/").status_code == 200


def test_not_where_it_is_off(client):
    client.force_login(people.holder(Role.ADMINISTRATOR))
    assert client.get("/beheer/").status_code == 200


def test_set_up_and_sign_in_with_it(client, required):
    person = people.holder(Role.ADMINISTRATOR, password=people.PASSWORD)
    sign_in(client, person)
    assert "Bent u het nog?" in client.get("/beheer/", follow=True).content.decode()
    assert set_up(client).status_code == 302
    assert client.get("/beheer/").status_code == 200
    client.post(reverse("account_logout"))
    assert sign_in(client, person).headers["Location"].startswith(reverse("mfa_authenticate"))
    assert client.get("/beheer/").headers["Location"].startswith(LOGIN)
    assert "typ de zes cijfers" in client.get(reverse("mfa_authenticate")).content.decode()


def test_a_recovery_code_opens_once(client):
    person = people.holder(Role.HR, password=people.PASSWORD)
    sign_in(client, person)
    set_up(client)
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    code = re.findall(r"<code>(\w+)</code>", page)[0]
    for expected in (302, 200):
        client.post(reverse("account_logout"))
        sign_in(client, person)
        assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == expected


def test_a_wrong_code_is_refused(client):
    person = people.user(password=people.PASSWORD)
    sign_in(client, person)
    client.post(reverse("account_reauthenticate"), {"password": people.PASSWORD})
    answer = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert answer.status_code == 200
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("name", ["mfa_index", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
                                  "mfa_deactivate_totp", "account_reauthenticate", "mfa_reauthenticate"])  # fmt: skip
def test_pages_come_in_our_frame_without_inline_style_or_script(client, name):
    sign_in(client, people.user(password=people.PASSWORD))
    set_up(client)
    answer = client.get(reverse(name))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'class="masthead' in page
    assert "style=" not in page
    assert "<script>" not in page
