"""Writing in a browser: text kept while typing, a tick in one click, a text released in five; axe finds nothing."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from portal.privacy.viewer import viewing
from tests.browser import Visitor
from tests.factories import people, trajectories
from tests.factories.people import PASSWORD
from tests.liveserver import live_portal
from trajectories import services
from trajectories.enums import Notebook
from trajectories.models import PlanStep, ReportBack

pytestmark = [pytest.mark.journey, pytest.mark.long]


@pytest.fixture
def visitor(committed, browser) -> Iterator[Visitor]:
    """Somebody at a window of the portal."""
    with live_portal() as served:
        person = Visitor(browser, served)
        yield person
        person.close()


@pytest.fixture
def told(visitor) -> trajectories.Story:
    """A running case of somebody with a manager."""
    manager = people.employee("Hanneke Bos", password=PASSWORD)
    samira = people.employee("Samira el Idrissi", manager=manager, password=PASSWORD)
    return trajectories.walk("in_progress", participant=samira)


def address(told: trajectories.Story, name: str, *more: str) -> str:
    """The address of a page of the case."""
    return reverse(f"trajectories:{name}", args=[told.trajectory.reference, *more])


def test_note_and_tick(visitor: Visitor, told: trajectories.Story) -> None:
    """Typing is kept without a click; keeping a note is one; a tick is one."""
    told.plan("A", "Een plan", ("Meelopen",))
    visitor.sign_in(told.participant.email, PASSWORD)
    visitor.open(address(told, "notebook", Notebook.OWN_PARTICIPANT))
    visitor.page.type("textarea[name=text]", "Een gedachte.")
    expect(visitor.page.locator("#kept")).to_contain_text("Bewaard om", timeout=20_000)
    visitor.audit()
    visitor.page.get_by_role("button", name="Bewaar mijn notitie").click()
    expect(visitor.page.locator(".note__text")).to_have_text("Een gedachte.")
    expect(visitor.page.locator("textarea[name=text]")).to_have_value("")
    visitor.open(address(told, "plan", "A"))
    visitor.page.get_by_label("Meelopen").check()
    expect(visitor.page.locator("#steps-A .progress")).to_contain_text(
        "1 van 1 klaar. Bewaard", timeout=20_000
    )
    visitor.audit()
    with viewing(told.participant):
        assert PlanStep.objects.get().done_at is not None


def test_release(visitor: Visitor, told: trajectories.Story) -> None:
    """From the draft to the recipient's page: choose, look, release."""
    case = told.trajectory
    with told.acting(told.advisor.user) as actor:
        draft = services.draft_report(actor=actor, trajectory=case, text="Het gaat goed.")
        services.hand_over_report(actor=actor, trajectory=case, version=draft.version)
    visitor.sign_in(told.participant.email, PASSWORD)
    visitor.open(address(told, "page"))
    visitor.page.get_by_role("link", name="Lees het concept").click()
    visitor.audit()
    visitor.page.get_by_label("Hanneke Bos, uw leidinggevende").check()
    visitor.page.get_by_role("button", name="Bekijken zoals het aankomt").click()
    visitor.audit()
    visitor.page.get_by_role("button", name="Vrijgeven aan Hanneke Bos").click()
    expect(visitor.page.locator("#released")).to_be_visible()
    visitor.audit()
    with viewing(told.participant):
        assert ReportBack.objects.get().text == "Het gaat goed."
