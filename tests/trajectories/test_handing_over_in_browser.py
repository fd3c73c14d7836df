"""Another advisor, walked in a browser: board, handing over, the participant's say, the new advisor; axe finds nothing."""

import pytest
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import expect

from portal.people.models import RoleGrant
from tests.browser import Visitor
from tests.factories import advisors, people, trajectories
from tests.factories.people import PASSWORD
from tests.liveserver import live_portal

pytestmark = [pytest.mark.journey, pytest.mark.long]


@pytest.mark.parametrize(
    ("language", "hand_over", "keep", "taken"),
    [
        ("nl", "Overdragen", "Mijn keuze bewaren", "U nam dit traject over van Mirjam de Wit."),
        ("en", "Hand over", "Keep my choice", "You took this case over from Mirjam de Wit."),
    ],
)
def test_from_the_board_to_the_new_advisor(committed, browser, language, hand_over, keep, taken) -> None:
    samira = people.employee("Samira el Idrissi", password=PASSWORD)
    told = trajectories.walk("in_progress", participant=samira)
    others = [advisors.advisor(f"{name} Opvolger") for name in ("Aad", "Bea", "Cor", "Dee")]
    others[3].languages.all().delete()
    RoleGrant.objects.filter(user=told.advisor.user).update(ends_on="2026-01-01")
    for person in (told.coordinator, *(row.user for row in others)):
        person.set_password(PASSWORD)
        person.save()
    with live_portal() as served, translation.override(language):

        def window(person) -> Visitor:
            visitor = Visitor(browser, served)
            visitor.sign_in(person.email, PASSWORD, language)
            return visitor

        page = reverse("trajectories:page", args=[told.trajectory.reference])
        me = window(samira)
        me.open(page)
        me.audit()
        coordinator = window(told.coordinator)
        coordinator.open(reverse("trajectories:board"))
        coordinator.audit()
        coordinator.page.locator("section[aria-labelledby=alone] td a").click()
        coordinator.page.locator("main details > summary").click()
        coordinator.audit()
        coordinator.page.get_by_role("button", name=hand_over).first.click()
        coordinator.audit()
        me.open(page)
        me.audit()
        me.page.locator("input[name=advisor]").nth(1).check()
        me.page.locator("input[name=reads_back][value=yes]").check()
        me.page.get_by_role("button", name=keep).click()
        me.audit()
        new = window(others[1].user)
        new.open(page)
        expect(new.page.locator("main")).to_contain_text(taken)
        new.audit()
        for visitor in (me, coordinator, new):
            visitor.close()
