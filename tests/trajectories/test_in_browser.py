"""An invitation accepted, text kept while typing, and a department that pays: in a browser, with nothing for axe."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from portal.people.enums import Role
from tests.browser import Visitor
from tests.factories import people, trajectories
from tests.factories.people import PASSWORD
from tests.liveserver import live_portal
from trajectories import services

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


@dataclass
class Scene:
    """A story with the manager of its participant."""

    told: trajectories.Story
    manager: Any


@pytest.fixture
def scene(address) -> Scene:
    """An employee, the manager and the career service."""
    manager = people.employee("Hanneke Bos", password=PASSWORD)
    samira = people.employee("Samira el Idrissi", manager=manager, password=PASSWORD)
    return Scene(trajectories.story(participant=samira), manager)


def test_manager_invites_and_the_employee_accepts(visitor, scene) -> None:
    """From the manager's form to the employee's request, which is kept while it is typed."""
    visitor.sign_in(scene.manager.email, PASSWORD)
    visitor.open(reverse("trajectories:referrals"))
    visitor.audit()
    visitor.open(reverse("trajectories:refer"))
    visitor.audit()
    visitor.page.select_option("select[name=employee]", label="Samira el Idrissi")
    visitor.page.fill("textarea[name=reason]", "Je zei dat je iets anders wilt. Praat er eens over.")
    visitor.page.click("text=Verstuur de uitnodiging")
    expect(visitor.page.locator("main")).to_contain_text("Nog geen antwoord")
    visitor.audit()
    visitor.context.clear_cookies()
    visitor.sign_in(scene.told.participant.email, PASSWORD)
    visitor.open(reverse("home"))
    visitor.page.click("text=Lees de uitnodiging")
    expect(visitor.page.locator("main")).to_contain_text("Praat er eens over.")
    visitor.audit()
    visitor.page.click("text=Aannemen en mijn vraag schrijven")
    visitor.page.fill("textarea[name=question]", "Wat past er bij mij?")
    expect(visitor.page.locator("#kept")).to_contain_text("Bewaard om", timeout=10_000)
    visitor.page.reload()
    expect(visitor.page.locator("textarea[name=question]")).to_have_value("Wat past er bij mij?")
    visitor.audit()
    visitor.page.check("input[name=question_types] >> nth=0")
    visitor.page.click("text=Mijn aanvraag versturen")
    expect(visitor.page.locator("main")).to_contain_text("Uw aanvraag is verstuurd.")
    visitor.audit()


def test_own_request_says_who_is_told_beside_each_choice(visitor, scene) -> None:
    """The form for somebody who comes by themself."""
    visitor.sign_in(scene.told.participant.email, PASSWORD)
    visitor.open(reverse("trajectories:request"))
    expect(visitor.page.locator("main")).to_contain_text("Zelf aangemeld. Niemand hoort het.")
    visitor.audit()


def test_required_one_says_so_first(visitor, scene) -> None:
    """The first page of a required trajectory."""
    hr = people.holder(Role.HR, "Els Prins")
    with scene.told.acting(hr) as actor:
        row = services.refer(
            actor=actor, employee=scene.told.participant, reason="Uw functie vervalt.", frame="social_plan"
        )
    visitor.sign_in(scene.told.participant.email, PASSWORD)
    visitor.open(reverse("trajectories:invitation", args=[row.reference]))
    expect(visitor.page.locator("h1")).to_have_text("Een verplicht traject")
    visitor.audit()


def test_department_pays(visitor, scene) -> None:
    """Participant reads what the payer sees, and the payer signs."""
    told = scene.told
    trajectories.advance(told, "intake_done")
    told.propose(payer="department", cost=1250)
    with told.acting(told.participant) as actor:
        services.return_agreement(actor=actor, trajectory=told.trajectory, reason="Te duur.")
    told.propose(payer="department", cost=900)
    visitor.sign_in(told.participant.email, PASSWORD)
    visitor.open(reverse("trajectories:agreement", args=[told.trajectory.reference]))
    expect(visitor.page.locator("main")).to_contain_text("Hanneke Bos betaalt.")
    visitor.audit()
    told.sign()
    visitor.context.clear_cookies()
    visitor.sign_in(scene.manager.email, PASSWORD)
    visitor.open(reverse("home"))
    visitor.page.click("text=Kosten en planning")
    visitor.audit()
    visitor.page.check("input[name=agrees]")
    visitor.page.click("button:has-text('Tekenen')")
    expect(visitor.page.locator("main")).to_contain_text("U tekende op")
    visitor.open(reverse("trajectories:referrals"))
