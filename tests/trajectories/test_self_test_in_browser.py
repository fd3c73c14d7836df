"""The self-test by keyboard, kept while answering, shared, seen by the advisor and taken back; nothing for axe."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from portal.privacy.viewer import viewing
from tests.browser import Visitor
from tests.factories import advisors, people, trajectories
from tests.factories.people import PASSWORD
from tests.liveserver import live_portal
from trajectories.models import SelfTestShare

pytestmark = [pytest.mark.journey, pytest.mark.long]


@pytest.fixture
def address(committed) -> Iterator[str]:
    """The portal, served."""
    with live_portal() as served:
        yield served


@pytest.fixture
def visitor(address, browser) -> Iterator[Visitor]:
    """Somebody at a window."""
    person = Visitor(browser, address)
    yield person
    person.close()


@pytest.fixture
def told(address) -> trajectories.Story:
    """A trajectory that runs; both can sign in."""
    advisor = advisors.advisor("Mirjam de Wit")
    advisor.user.set_password(PASSWORD)
    advisor.user.save()
    samira = people.employee("Samira el Idrissi", password=PASSWORD)
    return trajectories.walk("in_progress", participant=samira, advisor=advisor)


def answer_by_keyboard(visitor: Visitor) -> None:
    """Answer every statement of a part with the arrow keys alone."""
    fields = visitor.page.locator("fieldset.question")
    for number in range(fields.count()):
        fields.nth(number).locator("input").first.focus()
        visitor.page.keyboard.press("ArrowRight")


def test_participant_takes_shares_and_takes_back(visitor, told) -> None:
    """E2, E3, T6-03: four parts by keyboard, resumed in between, shared, and out of sight at once."""
    visitor.sign_in(told.participant.email, PASSWORD)
    visitor.open(reverse("trajectories:page", args=[told.trajectory.reference]))
    visitor.audit()
    visitor.page.click("text=Naar de zelftest")
    visitor.audit()
    visitor.page.click("text=Begin met de zelftest")
    visitor.page.locator("fieldset.question input").first.focus()
    visitor.page.keyboard.press("Space")
    expect(visitor.page.locator("#progress")).to_contain_text("1 van 32 beantwoord, bewaard", timeout=10_000)
    visitor.audit()
    visitor.page.reload()
    expect(visitor.page.locator("input:checked")).to_have_count(1)
    for button in ("Bewaren en verder", "Bewaren en verder", "Bewaren en verder", "Toon mijn uitkomst"):
        answer_by_keyboard(visitor)
        visitor.page.get_by_role("button", name=button, exact=True).press("Enter")
        visitor.page.wait_for_load_state()
    expect(visitor.page.locator("main")).to_contain_text("Uw uitkomst")
    visitor.audit()
    visitor.page.click("text=Delen met Mirjam de Wit")
    visitor.audit()
    visitor.page.click("button:has-text('Deze test delen')")
    expect(visitor.page.locator("main")).to_contain_text("Mirjam de Wit kan deze test zien tot en met")
    mine = visitor.page.url
    with viewing(told.participant):
        share = SelfTestShare.objects.select_related("test").get()
    there = reverse("trajectories:shown_self_test", args=[told.trajectory.reference, share.reference])
    visitor.open(reverse("trajectories:self_test_compare"))
    visitor.audit()
    visitor.open(reverse("trajectories:self_test_delete", args=[share.test.reference]))
    visitor.audit()
    visitor.open(there)
    visitor.audit()
    visitor.open(mine)
    visitor.page.click("text=Nu intrekken")
    expect(visitor.page.locator("main")).to_contain_text("Uw adviseur ziet deze test niet meer.")
    visitor.context.clear_cookies()
    visitor.sign_in(told.advisor.user.email, PASSWORD)
    visitor.open(there, status=404)


def test_without_script_nothing_is_lost(address, browser, told) -> None:
    """Each part is kept by its button; what is missing is said on the page where it is."""
    visitor = Visitor(browser, address, java_script_enabled=False)
    visitor.sign_in(told.participant.email, PASSWORD)
    visitor.open(reverse("trajectories:self_test_fill"))
    visitor.page.check("input[name=pf1][value='4']")
    visitor.page.click("text=Bewaren en later verder")
    expect(visitor.page.locator("main")).to_contain_text("1 van 32 beantwoord")
    visitor.page.click("main >> text=Verder >> nth=-1")
    expect(visitor.page.locator("input:checked")).to_have_count(1)
    assert visitor.problems() == []
    visitor.close()
