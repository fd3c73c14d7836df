"""The queue and the manager's answer on a phone: by keyboard, and without JavaScript."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from playwright.sync_api import Browser

from catalog.enums import EnrolmentStatus, Pot
from portal.people.models import User
from tests.browser import NARROW, Visitor
from tests.catalog.services.world import asking, fresh, give_back, take, work
from tests.factories import catalog, people
from tests.liveserver import live_portal

pytestmark = [pytest.mark.journey, pytest.mark.long]


@pytest.fixture
def served(committed: None) -> Iterator[str]:
    """An empty portal."""
    with live_portal() as address:
        yield address


def on_a_phone(browser: Browser, served: str, person: User, **options: bool) -> Visitor:
    """Sign in on a narrow screen."""
    person.set_password(people.PASSWORD)
    person.save()
    visitor = Visitor(browser, served, viewport={"width": NARROW, "height": 740}, **options)
    visitor.sign_in(person.email, people.PASSWORD)
    return visitor


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_manager_refuses_with_a_reason_by_keyboard(served: str, browser: Browser, scripts: bool) -> None:
    """B2: answered on a phone; without a reason the page comes back and says so."""
    with transaction.atomic():
        run, person, manager = asking()
        enrolment = take(run, person, Pot.DEPARTMENT)
    visitor = on_a_phone(browser, served, manager, java_script_enabled=scripts)
    page = visitor.page
    visitor.open("/nl/akkoord/")
    assert "Samira el Idrissi vraagt Helder schrijven" in page.inner_text("main")
    visitor.audit(NARROW)
    page.focus("main summary:has-text('Nee, want')")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "Zeg in een zin waarom niet" in page.inner_text("main")
    visitor.complaints.clear()
    visitor.audit(NARROW)
    page.focus("main textarea")
    page.keyboard.type("Te druk in die week.")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "doorgegeven" in page.inner_text("#notices")
    visitor.close()
    with transaction.atomic():
        assert fresh(enrolment).status == EnrolmentStatus.REFUSED


def test_the_budget_is_chosen_by_arrow_key_and_the_focus_stays_there(served: str, browser: Browser) -> None:
    """B1: cost, message and button follow the choice; who uses the keyboard goes on from where they were."""
    with transaction.atomic():
        run, person, _manager = asking()
    visitor = on_a_phone(browser, served, person)
    page = visitor.page
    visitor.open(f"/nl/aanbod/{run.offering.slug}/")
    page.focus("#pays-department")
    page.keyboard.press("ArrowDown")
    page.wait_for_selector("#enrol button:has-text('Inschrijven')")
    page.keyboard.press("ArrowUp")
    page.wait_for_selector("#enrol button:has-text('Toestemming vragen')")
    assert page.evaluate("document.activeElement.id") == "pays-department"
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "is gevraagd" in page.inner_text("#notices")
    visitor.close()


def test_an_offer_is_found_on_the_own_page_and_taken_with_its_clock_in_sight(
    served: str, browser: Browser
) -> None:
    """B4: position, offer and clock on one's own page; no second panel once the place is taken."""
    with transaction.atomic():
        run = catalog.session(seats=1)
        catalog.session(run.offering, in_days=60)
        holder, waits = people.employee("Wil Smit"), people.employee()
        given, turn = take(run, holder), take(run, waits)
    visitor = on_a_phone(browser, served, waits, java_script_enabled=False)
    page = visitor.page
    visitor.open("/nl/mijn/")
    assert "Wachtlijst: u bent nummer 1" in page.inner_text("main")
    with transaction.atomic():
        give_back(fresh(given))
        work()
    visitor.open("/nl/mijn/")
    assert "Neem uw plaats voor" in page.inner_text("main")
    with page.expect_navigation():
        page.click("main .cal__title a")
    assert "Uw leidinggevende krijgt hiervan geen bericht" in page.inner_text("#enrol")
    with page.expect_navigation():
        page.click("#enrol button:has-text('nemen')")
    assert "U bent ingeschreven voor" in page.inner_text("#notices")
    assert page.locator("#enrol input[name=session]").count() == 0
    visitor.close()
    with transaction.atomic():
        assert fresh(turn).status == EnrolmentStatus.ACTIVE
