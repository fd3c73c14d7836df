"""The catalogue in Chromium: axe on every page, enrolling with and without JavaScript, by keyboard."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db.models import Sum

from catalog.models import Session
from portal import clock
from portal.people.enums import Role
from tests.browser import NARROW, Visitor
from tests.factories import people

pytestmark = pytest.mark.journey
PAGES = (
    "/nl/aanbod/",
    "/nl/aanbod/?q=netwreken&audience=all_employees",
    "/nl/aanbod/?q=onderhandelen&cost=free&when=month&audience=support_staff",
    "/nl/aanbod/?q=zweefvliegen",
    "/en/offerings/netwerken-zonder-ongemak/",
    "/nl/aanbod/test-beroepsinteresse-met-gesprek/",
    "/nl/aanbod/waaier-voor-leidinggevenden/",
    "/nl/aanbod/persoonlijk-loopbaanbudget/",
    "/nl/agenda/",
    "/nl/interventiewijzer/",
    "/en/interventions/zet-leerambassadeurs-in-als-goed-voorbeeld/",
)


@pytest.fixture
def window(served, browser) -> Iterator[Visitor]:
    """A visitor of that portal."""
    visitor = Visitor(browser, served)
    yield visitor
    visitor.close()


def test_axe_finds_nothing_on_any_page(window):
    for address in PAGES:
        window.open(address)
        window.audit()
    day = clock.today() + timedelta(days=30)
    window.open(f"/nl/agenda/{day.year}/{day.month}/")
    window.audit()
    editor = people.holder(Role.EDITOR, password=people.PASSWORD)
    window.sign_in(editor.email, people.PASSWORD)
    window.open("/nl/aanbod-beheren/")
    window.audit()


def test_enrolling_and_cancelling_by_keyboard(window):
    person = people.employee(password=people.PASSWORD)
    window.sign_in(person.email, people.PASSWORD)
    window.open("/nl/aanbod/loopbaangesprek-van-een-uur/")
    window.page.focus("form.enrol input[name=session]:checked")
    window.page.focus("form.enrol button")
    with window.page.expect_navigation():
        window.page.keyboard.press("Enter")
    assert "U bent ingeschreven voor" in window.page.inner_text("#notices")
    window.audit()
    with window.page.expect_navigation():
        window.page.click("text=Afzeggen")
    window.audit()
    with window.page.expect_navigation():
        window.page.click("button:has-text('Afzeggen voor')")
    assert "U hebt zich afgemeld" in window.page.inner_text("#notices")
    window.open("/nl/mijn/")
    assert "Loopbaangesprek van een uur" not in window.page.inner_text("main")


def test_another_date_shows_at_once_who_is_told(window):
    person = people.employee(password=people.PASSWORD)
    window.sign_in(person.email, people.PASSWORD)
    window.open("/nl/aanbod/loopbaangesprek-van-een-uur/")
    before = window.page.inner_text("form.enrol button")
    choice = window.page.locator("input[name=session]:not(:checked):not([disabled])").first
    reference = choice.get_attribute("value")
    choice.check()
    window.page.wait_for_selector(f"input[name=seen][value^='{reference}']", state="attached")
    assert window.page.inner_text("form.enrol button") != before


def taken():
    """Return how many places are taken, on all dates."""
    return Session.objects.aggregate(Sum("taken"))["taken__sum"]


def test_without_javascript_another_date_is_confirmed_first(served, browser):
    before = taken()
    person = people.employee(password=people.PASSWORD)
    small = {"width": NARROW, "height": 800}
    visitor = Visitor(browser, served, java_script_enabled=False, viewport=small)
    visitor.sign_in(person.email, people.PASSWORD)
    visitor.open("/nl/aanbod/loopbaangesprek-van-een-uur/")
    visitor.page.locator("input[name=session]:not(:checked):not([disabled])").first.check()
    with visitor.page.expect_navigation():
        visitor.page.click("form.enrol button")
    assert "Uw leidinggevende krijgt hiervan geen bericht" in visitor.page.inner_text("main")
    with visitor.page.expect_navigation():
        visitor.page.click("form.enrol button")
    assert "U bent ingeschreven voor" in visitor.page.inner_text("#notices")
    visitor.close()
    assert taken() == before + 1


def test_suggestions_come_while_typing(window):
    window.open("/nl/aanbod/")
    window.page.fill("#q", "loopbaang")
    window.page.wait_for_selector("#suggestions option", state="attached")
    options = window.page.eval_on_selector_all("#suggestions option", "all => all.map(one => one.value)")
    assert "Loopbaangesprek van een uur" in options
