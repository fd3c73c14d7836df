"""Editing in Chromium: a new workshop with a date in both languages, two editors, many tabs, no JavaScript."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from catalog.enums import Status
from catalog.models import Offering
from catalog.services import content
from portal import clock
from portal.people.enums import Role
from tests.browser import NARROW, Visitor
from tests.factories import people
from tests.liveserver import live_portal

pytestmark = [pytest.mark.journey, pytest.mark.long]
DESK = "/nl/aanbod-beheren/"
ITEM = f"{DESK}item/netwerken-zonder-ongemak/"
TEXTS = (
    "summary",
    "description",
    "result",
    "content",
    "structure",
    "fits_when",
    "fits_not_when",
    "time_text",
)


class Hand:
    """Counts what an editor does: clicks, and fields that are filled in."""

    def __init__(self, visitor: Visitor) -> None:
        self.page, self.clicks, self.fields = visitor.page, 0, 0

    def press(self, what: str) -> None:
        self.clicks += 1
        with self.page.expect_navigation():
            self.page.click(what)

    def fill(self, name: str, text: str) -> None:
        self.fields += 1
        self.page.fill(f"[name={name}]", text)

    def choose(self, name: str, value: str) -> None:
        self.fields += 1
        self.page.select_option(f"[name={name}]", value)


@pytest.fixture
def served(committed: None) -> Iterator[str]:
    """The portal with the sample's catalogue."""
    content.load(today=clock.today())
    with live_portal() as address:
        yield address


def editing(browser: Any, served: str, **options: Any) -> Visitor:
    """An editor at a window."""
    visitor = Visitor(browser, served, **options)
    editor = people.holder(Role.EDITOR, "Noor Kok", password=people.PASSWORD)
    Offering.objects.filter(owner=None).update(owner=editor)
    visitor.sign_in(editor.email, people.PASSWORD)
    return visitor


def test_a_workshop_with_a_date_in_both_languages_takes_few_acts(served: str, browser: Any) -> None:
    """L1: written, previewed and published with a date in two languages, in at most 8 clicks and 25 fields."""
    visitor = editing(browser, served)
    hand, page = Hand(visitor), visitor.page
    visitor.open(DESK)
    visitor.audit()
    page.set_viewport_size({"width": 1280, "height": 900})
    hand.press("text=Nieuw item maken")
    hand.choose("kind", "workshop")
    hand.fill("title_nl", "Vlot schrijven")
    hand.fill("title_en", "Writing fast")
    hand.press("text=Concept maken")
    for name in TEXTS:
        hand.fill(f"{name}_nl", f"{name} **nl**")
        hand.fill(f"{name}_en", f"{name} **en**")
    page.click("button[value=preview]")
    page.wait_for_selector("#preview strong:has-text('en')")
    hand.press("button[value=publish]")
    assert "Gepubliceerd." in page.inner_text("#notices")
    visitor.audit()
    page.set_viewport_size({"width": 1280, "height": 900})
    hand.press("text=Datum toevoegen")
    start = clock.local(clock.today() + timedelta(days=40), 9, 30)
    hand.fill("starts_at", f"{start:%Y-%m-%dT%H:%M}")
    hand.fill("ends_at", f"{start + timedelta(hours=3):%Y-%m-%dT%H:%M}")
    hand.fill("room_nl", "Havenzaal")
    hand.fill("room_en", "Harbour room")
    hand.fill("seats", "12")
    visitor.audit()
    hand.press("button:has-text('Datum toevoegen')")
    visitor.open("/en/offerings/vlot-schrijven/")
    assert "Harbour room" in page.inner_text("main")
    assert (hand.clicks, hand.fields) == (5, 24)


def test_thirty_tabs_stay_open_and_the_second_save_of_one_item_is_told(served: str, browser: Any) -> None:
    visitor = editing(browser, served)
    slugs = list(
        Offering.objects.filter(status=Status.PUBLISHED).order_by("pk").values_list("slug", flat=True)[:30]
    )
    tabs = []
    for slug in [*slugs, slugs[0]]:
        tab = visitor.context.new_page()
        tab.goto(f"{served}{DESK}item/{slug}/")
        tabs.append(tab)
    day = f"{clock.today() + timedelta(days=400):%Y-%m-%d}"
    for number, tab in enumerate(tabs[:30]):
        tab.fill("[name=keywords_nl]", f"tabblad {number}")
        tab.fill("[name=review_on]", day)
        with tab.expect_navigation():
            tab.click("button[value=save]")
        assert "Opgeslagen." in tab.inner_text("#notices")
    last = tabs[30]
    last.fill("[name=keywords_nl]", "van het laatste tabblad")
    with last.expect_navigation():
        last.click("button[value=save]")
    assert "heeft dit item opgeslagen terwijl u schreef" in last.inner_text("main")
    assert last.input_value("[name=keywords_nl]") == "van het laatste tabblad"
    visitor.page = last
    visitor.complaints.clear()
    visitor.audit()
    visitor.close()


def test_without_javascript_on_a_phone_it_is_previewed_saved_and_compared(served: str, browser: Any) -> None:
    small = {"width": NARROW, "height": 800}
    visitor = editing(browser, served, java_script_enabled=False, viewport=small)
    visitor.open(ITEM)
    page = visitor.page
    page.fill("[name=result_nl]", "Een *nieuw* resultaat")
    with page.expect_navigation():
        page.click("button[value=preview]")
    assert page.inner_text("#preview em") == "nieuw"
    with page.expect_navigation():
        page.click("button[value=save]")
    with page.expect_navigation():
        page.click("#notices a")
    assert "nieuw" in page.inner_text("ins")
    visitor.close()


def test_axe_finds_nothing_in_versions_and_archive(served: str, browser: Any) -> None:
    visitor = editing(browser, served)
    visitor.open(ITEM)
    visitor.page.fill("[name=title_nl]", "Netwerken met plezier")
    with visitor.page.expect_navigation():
        visitor.page.click("button[value=save]")
    for address in (
        f"{ITEM}versies/",
        f"{ITEM}archief/",
        f"{DESK}gezocht/",
        f"{DESK}nieuw/",
        f"{ITEM}nieuwe-datum/",
    ):
        visitor.open(address)
        visitor.audit()
    visitor.close()
