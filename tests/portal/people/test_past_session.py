"""A form that is sent after the session ended: words are given back, and the way leads to the page they came from."""

import pytest
from django.conf import settings
from django.shortcuts import resolve_url

PAGE = "/nl/trajecten/aanvragen/"
ORIGIN = "http://testserver"


@pytest.mark.django_db
def test_what_was_typed_is_given_back(client):
    words = "Wat past bij mij?"
    answer = client.post(PAGE, {"question": words, "route": "self"}, headers={"referer": ORIGIN + PAGE})
    assert answer.status_code == 403
    assert answer.context["typed"] == [words]
    assert answer.context["back"] == ORIGIN + PAGE
    assert words in answer.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("referer", "back"),
    [(f"{ORIGIN}/nl/mijn/", "http%3A//testserver/nl/mijn/"), ("https://elsewhere.example/x", PAGE)],
)
def test_a_form_without_words_leads_to_signing_in(client, referer, back):
    answer = client.post(PAGE, {"route": "self"}, headers={"referer": referer})
    assert (answer.status_code, answer["Location"]) == (302, f"{resolve_url(settings.LOGIN_URL)}?next={back}")
