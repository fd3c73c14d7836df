"""The connection goes while an advisor types, and comes back: nothing is lost, and the page says what is kept."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser import Visitor
from tests.factories import advisors, trajectories
from tests.factories.people import PASSWORD
from tests.liveserver import live_portal

pytestmark = pytest.mark.journey
LONG_WAIT = 20_000


def test_connection_lost_while_typing_and_found_again(committed, browser) -> None:
    advisor = advisors.advisor("Mirjam de Wit")
    advisor.user.set_password(PASSWORD)
    advisor.user.save()
    told = trajectories.walk("intake_planned", advisor=advisor)
    with live_portal() as served:
        visitor = Visitor(browser, served)
        visitor.sign_in(advisor.user.email, PASSWORD)
        visitor.open(reverse("trajectories:intake", args=[told.trajectory.reference]))
        page, line = visitor.page, visitor.page.locator("#kept[role=status]")
        note = page.locator("textarea[name=question_clear_note]")
        note.fill("Met verbinding.")
        expect(line).to_contain_text("Bewaard om", timeout=LONG_WAIT)
        visitor.audit()
        visitor.context.set_offline(True)
        note.fill("Zonder verbinding.")
        expect(line).to_contain_text("Niet bewaard: er is geen verbinding", timeout=LONG_WAIT)
        page.click("button[name=keep]")
        expect(note).to_have_value("Zonder verbinding.")
        expect(page.locator("#notices")).to_be_empty()
        visitor.context.set_offline(False)
        expect(line).to_contain_text("Bewaard om", timeout=LONG_WAIT)
        page.reload()
        expect(note).to_have_value("Zonder verbinding.")
        visitor.context.clear_cookies()
        note.fill("Uitgelogd.")
        expect(line).to_contain_text("of u bent uitgelogd", timeout=LONG_WAIT)
        expect(note).to_have_value("Uitgelogd.")
        visitor.close()
