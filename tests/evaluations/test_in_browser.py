"""The pages in a browser: nothing for axe to find, and the survey with and without JavaScript."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from evaluations.enums import ReleaseState, State
from evaluations.models import Draft, Response
from portal.people.enums import Role
from tests.browser import Visitor
from tests.evaluations.test_pages import EXAMPLE
from tests.factories import evaluations, people
from tests.factories.database import as_owner
from tests.factories.evaluations import release
from tests.factories.people import PASSWORD
from tests.liveserver import live_portal

pytestmark = pytest.mark.journey


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


def drafts() -> list[dict[str, Any]]:
    with as_owner():
        return [row.answers for row in Draft.objects.all()]


def test_survey_is_saved_as_you_go_and_sent(visitor) -> None:
    survey = evaluations.survey()
    visitor.open(survey.address())
    visitor.audit()
    page = visitor.page
    page.get_by_label("8", exact=True).check()
    expect(page.locator("#progress")).to_contain_text("1 van 14 beantwoord, bewaard")
    assert drafts() == [{"ce1": "8"}]
    page.get_by_role("button", name="Mijn antwoorden versturen").click()
    expect(page.get_by_role("alert")).to_contain_text("vragen verdienen uw aandacht")
    visitor.audit()
    page.get_by_role("link", name="Vraag 2:").click()
    assert page.evaluate("document.activeElement.name") == "ce2"
    for key, value in evaluations.CLOSING_ANSWERS.items():
        page.locator(f"input[name={key}][value='{value}']").check()
    page.get_by_role("button", name="Mijn antwoorden versturen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Uw antwoorden zijn verstuurd")
    visitor.audit()
    with as_owner():
        assert Response.objects.get().choices == evaluations.CLOSING_ANSWERS


def test_survey_works_without_javascript(address, browser) -> None:
    survey = evaluations.survey(is_short=True)
    visitor = Visitor(browser, address, java_script_enabled=False)
    visitor.open(survey.address("en"))
    visitor.page.locator("input[name=ce2][value='5']").check()
    visitor.page.get_by_role("button", name="Save and go on later").click()
    expect(visitor.page.locator("#progress")).to_contain_text("1 of 7 answered, saved")
    visitor.page.get_by_role("link", name="Nederlands").click()
    expect(visitor.page.locator("input[name=ce2][value='5']")).to_be_checked()
    visitor.close()


@pytest.mark.parametrize("state", [State.EXPIRED, State.CANCELLED])
def test_pages_of_links_that_are_over(visitor, state: State) -> None:
    visitor.open(evaluations.survey(state=state).address(), status=410)
    visitor.audit()


def test_page_of_an_unknown_link(visitor) -> None:
    visitor.open("/en/survey/unknown/", status=404)
    visitor.audit()


def sign_in(visitor: Visitor, **scope) -> None:
    person = people.holder(Role.HR, "Joost Terpstra", password=PASSWORD, **scope)
    visitor.sign_in(person.email, PASSWORD)


def test_figures_of_a_faculty(visitor) -> None:
    sci = people.faculty("SCI")
    release("2026Q2", requests={"SCI": (19, 19), "all": (70, 70)})
    release("2026Q3", **EXAMPLE)
    sign_in(visitor, of=sci)
    visitor.audit()
    visitor.open("/nl/cijfers/")
    for summary in visitor.page.locator("main summary").all():
        summary.click()
    visitor.audit()
    visitor.page.get_by_role("button", name="Rapport maken").click()
    expect(visitor.page.get_by_text("Uw rapport wordt gemaakt")).to_be_visible()
    visitor.audit()


def test_releasing_a_quarter(visitor) -> None:
    for code in ("SCI", "ART"):
        people.faculty(code)
    release("2026Q2", state=ReleaseState.PREPARED, **EXAMPLE)
    sign_in(visitor)
    visitor.open("/en/figures/")
    visitor.audit()
    visitor.page.get_by_role("link", name="Releasing quarters").click()
    visitor.audit()
    visitor.open("/en/figures/releases/2026Q2/")
    visitor.audit()
    visitor.page.get_by_label("I have looked at the figures").check()
    visitor.page.get_by_role("button", name="Release the figures").click()
    expect(visitor.page.get_by_text("The figures have been released.")).to_be_visible()
    visitor.open("/en/figures/")
    visitor.audit()
