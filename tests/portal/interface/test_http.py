"""A page or its part, and word of what was done."""

from typing import Any

import pytest
from django.contrib import messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from portal.interface import http


@pytest.fixture
def ask(rf: RequestFactory):
    def make(**headers):
        request: Any = rf.get("/nl/", headers=headers)
        request.htmx = HtmxDetails(request)
        request.session = {}
        request._messages = FallbackStorage(request)
        return request

    return make


def drawn(request) -> str:
    page, part = "components/tag.html", "components/icon.html"
    response = http.answer(request, page, part, {"text": "page", "name": "part"}, status=422)
    assert (response.status_code, response.headers["Vary"]) == (422, "HX-Request")
    return "part" if "sprite" in response.content.decode() else "page"


def test_htmx_gets_the_part_and_everybody_else_the_page(ask):
    assert drawn(ask()) == "page"
    assert drawn(ask(hx_request="true")) == "part"


@pytest.mark.parametrize("header", ["hx_boosted", "hx_history_restore_request"])
def test_a_boosted_link_and_the_back_button_get_the_whole_page(ask, header):
    assert drawn(ask(hx_request="true", **{header: "true"})) == "page"


def test_word_of_an_act_carries_the_way_back_and_nothing_unsafe(ask):
    request = ask()
    http.tell(request, "Gesprek <4> is verzet.", url="/nl/x/?a=1&b=2", label="Toch terugzetten")
    (message,) = messages.get_messages(request)
    assert str(message) == (
        "Gesprek &lt;4&gt; is verzet. "
        '<a class="utrecht-link utrecht-link--html-a" href="/nl/x/?a=1&amp;b=2">Toch terugzetten</a>'
    )
    assert message.level == messages.SUCCESS
