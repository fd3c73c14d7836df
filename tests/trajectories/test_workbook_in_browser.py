"""Workbook, components and assignments in a browser: typing is kept, a file goes over, nothing for axe."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import FilePayload, expect

from tests.browser import Visitor
from tests.factories import advisors, people, trajectories
from tests.factories.people import PASSWORD
from tests.liveserver import live_portal

pytestmark = [pytest.mark.journey, pytest.mark.long]


@pytest.fixture
def address(committed) -> Iterator[str]:
    """The portal, served."""
    with live_portal() as served:
        yield served


@pytest.fixture
def told(address) -> trajectories.Story:
    """A case that runs, of people who can sign in."""
    samira = people.employee("Samira el Idrissi", password=PASSWORD)
    advisor = advisors.advisor("Mirjam de Wit")
    advisor.user.set_password(PASSWORD)
    advisor.user.save()
    story = trajectories.walk("in_progress", participant=samira, advisor=advisor)
    story.tailor()
    return story


def window(address, browser, person, **options) -> Visitor:
    visitor = Visitor(browser, address, **options)
    visitor.sign_in(person.email, PASSWORD)
    return visitor


def test_typing_in_the_workbook_is_kept_and_the_button_goes_on(address, browser, told) -> None:
    """D8: two stretches of typing, then the button: no conflict with oneself."""
    visitor = window(address, browser, told.participant)
    case = told.trajectory.reference
    visitor.open(reverse("trajectories:workbook_chapter", args=[case, "who_am_i"]))
    visitor.audit()
    field = visitor.page.get_by_label("Wat moet er in uw werk kloppen?")
    field.fill("Iets betekenen")
    expect(visitor.page.locator("#kept")).to_contain_text("Bewaard om")
    expect(visitor.page.locator("input[name=version]")).to_have_value("1")
    field.fill("Iets betekenen voor een ander.")
    expect(visitor.page.locator("input[name=version]")).to_have_value("2")
    visitor.page.get_by_role("button", name="Bewaar mijn hoofdstuk").click()
    expect(visitor.page.locator("main")).to_contain_text("Iets betekenen voor een ander.")
    visitor.page.get_by_role("button", name="Delen met mijn adviseur").first.click()
    expect(visitor.page.locator("main")).to_contain_text("U en Mirjam de Wit")
    visitor.audit()
    visitor.close()


def test_a_file_goes_there_and_back_without_scripts(address, browser, told) -> None:
    """D9: handed in by the participant, downloaded by the advisor, both without JavaScript."""
    row = told.assignment()
    url = reverse("trajectories:assignment", args=[told.trajectory.reference, row.reference])
    visitor = window(address, browser, told.participant, java_script_enabled=False)
    visitor.open(url)
    file = FilePayload(name="kaart.txt", mimeType="text/plain", buffer=b"Drie functies.")
    visitor.page.set_input_files("input[type=file]", file)
    visitor.page.get_by_role("button", name="Inleveren").click()
    expect(visitor.page.locator("main")).to_contain_text("kaart.txt")
    visitor.close()
    advisor = window(address, browser, told.advisor.user)
    advisor.open(url)
    advisor.audit()
    with advisor.page.expect_download() as found:
        advisor.page.get_by_role("link", name="kaart.txt").click()
    assert found.value.path().read_bytes() == b"Drie functies."
    advisor.close()


def test_the_advisors_pages_have_nothing_for_axe(address, browser, told) -> None:
    """C11, D9: components, instruments, situation and the list of rules, wide and narrow."""
    advisor = window(address, browser, told.advisor.user)
    case = told.trajectory.reference
    for name in ("components", "instruments", "situation", "give_assignment", "workbook"):
        advisor.open(reverse(f"trajectories:{name}", args=[case]))
        advisor.audit()
    advisor.open(reverse("trajectories:checklist"))
    advisor.audit()
    advisor.close()
