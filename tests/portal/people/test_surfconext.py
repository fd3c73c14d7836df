"""SURFconext: the whole way through a make-believe identity provider, and each answer that is refused."""

import json
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.urls import reverse

from portal.people import surfconext
from portal.people.adapter import SocialAccountAdapter
from portal.people.models import User
from tests.factories import people

pytestmark = pytest.mark.django_db
SERVER = "https://connect.surfconext.example"
CLIENT = "portal-client"


class Answer:
    """What `requests` gives back."""

    def __init__(self, body):
        self.body, self.status_code, self.headers = body, 200, {"content-type": "application/json"}
        self.text = json.dumps(body)

    def json(self):
        return self.body

    def raise_for_status(self):
        return None


class Provider:
    """An identity provider: discovery, token and userinfo."""

    def __init__(self):
        self.claims = {
            "sub": "urn:collab:1",
            "email": "samira@universiteit.example",
            "preferred_username": "Boss",
        }
        self.token = {}

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        return None

    def get(self, url, **_more):
        if url.endswith("openid-configuration"):
            ends = ("authorization", "token", "userinfo")
            found = {f"{end}_endpoint": f"{SERVER}/{end}" for end in ends}
            return Answer({**found, "issuer": SERVER, "jwks_uri": f"{SERVER}/jwks"})
        return Answer(self.claims)

    def request(self, _method, _url, **_more):
        body = {
            "iss": SERVER,
            "aud": CLIENT,
            "exp": 4102444800,
            "iat": 1,
            "sub": "urn:collab:1",
            **self.token,
        }
        key = "a-secret-of-the-provider-that-is-long-enough"
        return Answer({"access_token": "x", "token_type": "Bearer", "id_token": jwt.encode(body, key)})


@pytest.fixture
def provider(monkeypatch, settings):
    app = {"provider_id": "surfconext", "name": "SURFconext", "client_id": CLIENT, "secret": "s",
           "settings": {"server_url": SERVER}}  # fmt: skip
    one = {**settings.SOCIALACCOUNT_PROVIDERS["openid_connect"], "APPS": [app]}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": one}
    made = Provider()
    monkeypatch.setattr(SocialAccountAdapter, "get_requests_session", lambda _self: made)
    return made


@pytest.fixture
def samira():
    return people.user("Samira el Idrissi", email="samira@universiteit.example", employee_number="4711")


def go(client, provider, **token):
    """Walk to the provider and back; the token carries the nonce that was sent, unless told otherwise."""
    start = client.post(reverse("openid_connect_login", args=["surfconext"]))
    sent = {key: value[0] for key, value in parse_qs(urlsplit(start.headers["Location"]).query).items()}
    provider.token = {"nonce": sent["nonce"], **token}
    back = reverse("openid_connect_callback", args=["surfconext"])
    return sent, client.get(back, {"code": "c", "state": sent["state"]})


def signed_in(client):
    return client.session.get("_auth_user_id")


def test_the_page_offers_it_when_it_is_configured(client, provider):
    assert "Inloggen met SURFconext" in client.get("/nl/account/login/").content.decode()


def test_the_page_does_not_offer_what_is_not_there(client):
    assert "SURFconext" not in client.get("/nl/account/login/").content.decode()
    assert settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] == []


def test_signs_in_whom_the_portal_knows_and_leaves_the_name_alone(client, provider, samira):
    sent, answer = go(client, provider)
    assert answer.headers["Location"] == "/nl/"
    assert signed_in(client) == str(samira.pk)
    assert (len(sent["nonce"]) >= 32, sent["code_challenge_method"]) == (True, "S256")
    samira.refresh_from_db()
    assert samira.full_name == "Samira el Idrissi"
    assert SocialAccount.objects.get().uid == "urn:collab:1"


def test_afterwards_the_key_counts_and_not_the_address(client, provider, samira):
    go(client, provider)
    client.logout()
    provider.claims["email"] = "changed@universiteit.example"
    go(client, provider)
    assert signed_in(client) == str(samira.pk)


def test_the_employee_number_goes_before_the_address(client, provider, samira):
    other = people.user("Hanneke Bos", employee_number="0815")
    home = "universiteit.example"
    code = f"urn:schac:personalUniqueCode:nl:local:{home}:employeeid:0815"
    provider.claims |= {"schac_home_organization": home.upper(), "schac_personal_unique_codes": [code]}
    go(client, provider)
    assert signed_in(client) == str(other.pk)


def test_a_stranger_gets_a_sentence_and_no_account(client, provider):
    answer = go(client, provider)[1]
    assert "Wij kennen dit account niet" in answer.content.decode()
    assert (signed_in(client), User.objects.count(), SocialAccount.objects.count()) == (None, 0, 0)


@pytest.mark.parametrize(
    ("token", "claims"),
    [
        ({"nonce": "another"}, {}),
        ({"nonce": ""}, {}),
        ({"sub": "urn:collab:2"}, {}),
        ({"aud": "another-portal"}, {}),
        ({"iss": "https://evil.example"}, {}),
        ({}, {"eduperson_affiliation": ["student"]}),
        ({}, {"schac_home_organization": "other.example"}),
    ],
)
def test_refused(client, provider, samira, settings, token, claims):
    settings.SURFCONEXT_HOME_ORGANISATIONS = ["universiteit.example"]
    provider.claims |= {"schac_home_organization": "universiteit.example", **claims}
    answer = go(client, provider, **token)[1]
    assert "Inloggen lukte niet" in answer.content.decode()
    assert (signed_in(client), SocialAccount.objects.count()) == (None, 0)


def test_somebody_who_left_does_not_come_in(client, provider, samira):
    go(client, provider)
    client.logout()
    User.objects.update(is_active=False)
    go(client, provider)
    assert signed_in(client) is None


def test_a_number_given_by_another_institution_does_not_count():
    code = "urn:schac:personalUniqueCode:nl:local:other.example:employeeid:4711"
    claims = {"schac_home_organization": "universiteit.example", "schac_personal_unique_code": code}
    assert surfconext.employee_number(claims) == ""
