"""The pages of the ground floor in Chromium: axe, both widths, dark, without JavaScript, keyboard."""

import pytest

from tests.browser import NARROW, Visitor
from tests.factories import people

pytestmark = pytest.mark.journey
PAGES = (
    "/nl/",
    "/en/",
    "/nl/wie-ziet-wat/",
    "/en/who-sees-what/",
    "/nl/toegankelijkheid/",
    "/nl/privacy/",
    "/nl/bouwstenen/",
    "/en/building-stones/",
)


def test_axe_finds_nothing_on_any_page(visitor):
    for address in PAGES:
        visitor.open(address)
        visitor.audit()
    visitor.open("/nl/bestaat-niet/", status=404)
    visitor.audit()


def test_axe_finds_nothing_when_signed_in(member):
    person = people.user(password=people.PASSWORD)
    member.sign_in(person.email, people.PASSWORD)
    for address in ("/nl/", "/nl/mijn/", "/en/mine/"):
        member.open(address)
        member.audit()


def test_axe_finds_nothing_in_the_dark_scheme(portal_address, browser):
    visitor = Visitor(browser, portal_address, color_scheme="dark")
    for address in ("/nl/", "/nl/bouwstenen/"):
        visitor.open(address)
        visitor.audit()
    visitor.close()


def test_the_audit_itself_sees_what_is_wrong(visitor):
    visitor.open("/nl/")
    visitor.page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=x><svg width=2000 height=9></svg>')"
    )
    with pytest.raises(AssertionError, match="image-alt"):
        visitor.audit(NARROW)
    with pytest.raises(AssertionError, match="px too wide"):
        visitor.audit(NARROW)


def test_the_phone_menu_works_without_javascript(portal_address, browser):
    small = {"width": NARROW, "height": 800}
    visitor = Visitor(browser, portal_address, java_script_enabled=False, viewport=small)
    visitor.open("/nl/")
    visitor.page.click("details.menu > summary")
    visitor.page.click("details.menu >> text=Wie ziet wat?")
    assert visitor.page.url.endswith("/nl/wie-ziet-wat/")
    visitor.close()


def test_escape_closes_the_phone_menu_and_gives_the_focus_back(visitor):
    visitor.page.set_viewport_size({"width": NARROW, "height": 800})
    visitor.open("/nl/")
    visitor.page.click("details.menu > summary")
    visitor.page.keyboard.press("Escape")
    assert visitor.page.evaluate("document.querySelector('details.menu').open") is False
    assert visitor.page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_the_first_tab_leads_to_the_content(visitor):
    visitor.open("/nl/wie-ziet-wat/")
    visitor.page.keyboard.press("Tab")
    assert visitor.page.evaluate("document.activeElement.textContent") == "Naar de inhoud"
    visitor.page.keyboard.press("Enter")
    assert visitor.page.evaluate("document.activeElement.id") == "content"


def test_the_error_summary_takes_the_focus(visitor):
    visitor.open("/nl/bouwstenen/")
    assert visitor.page.evaluate("document.activeElement.hasAttribute('data-error-summary')") is True


def test_htmx_runs_with_the_settings_of_the_house(visitor):
    visitor.open("/nl/")
    names = [
        "allowEval",
        "allowScriptTags",
        "includeIndicatorStyles",
        "historyRestoreAsHxRequest",
        "historyCacheSize",
    ]
    assert visitor.page.evaluate("names => names.map(name => htmx.config[name])", names) == [False] * 4 + [0]
    visitor.audit()


def test_a_request_that_fails_says_so_and_leaves_what_was_typed(visitor):
    visitor.open("/nl/bouwstenen/")
    visitor.page.fill("#id_mail", "mijn@adres.example")
    visitor.page.evaluate("htmx.ajax('GET', '/nl/bestaat-niet/', '#b1')")
    visitor.page.wait_for_selector("#notices .utrecht-alert--error")
    assert "Wat u typte staat er nog." in visitor.page.inner_text("#notices")
    assert visitor.page.input_value("#id_mail") == "mijn@adres.example"
    assert visitor.page.inner_text("#b1") == "Knoppen en focus"


def test_a_second_click_is_not_sent(visitor):
    visitor.open("/nl/account/login/")
    sent: list[str] = []
    visitor.page.route(
        "**/account/login/", lambda route: sent.append(route.request.method)
    )  # no answer comes
    visitor.page.evaluate(
        "() => { const form = document.querySelector('form.recordform'); form.noValidate = true;"
        " form.requestSubmit(); form.requestSubmit(); }"
    )
    visitor.page.wait_for_timeout(300)
    assert sent == ["POST"]
