"""The desk, the notebooks, the plan, talks and ratings with nothing but Tab, Enter, Space and the arrow keys."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from portal import clock
from tests.browser import NARROW, Visitor
from tests.factories import advisors, people, trajectories
from tests.factories.people import PASSWORD
from tests.liveserver import live_portal
from trajectories.enums import Notebook

pytestmark = [pytest.mark.journey, pytest.mark.long]
MOST_TABS = 150
# Where the focus is: on what, whether it is drawn, and how far down the page.
FOCUS = """selector => {
  const here = document.activeElement, style = getComputedStyle(here), drawn = e => {
    const s = getComputedStyle(e); return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2; };
  const box = here.getBoundingClientRect();
  // The calendar button inside a date field draws its own focus, out of reach of scripts.
  const inside = here.matches('input[type=date]:not(:focus), input[type=time]:not(:focus)');
  return {there: here.matches(selector), drawn: inside || drawn(here) || drawn(here.closest('label') || here),
          seen: box.width > 0 && box.height > 0 && style.visibility !== 'hidden',
          html: here.outerHTML.slice(0, 120), bottom: box.bottom + window.scrollY};
}"""


class Keys:
    """Somebody without a mouse; the focus is always drawn, and only goes down a narrow page."""

    def __init__(self, visitor: Visitor) -> None:
        self.page: Page = visitor.page
        self.page.set_viewport_size({"width": NARROW, "height": 900})

    def to(self, selector: str) -> None:
        """Press Tab until the focus is there."""
        below = -1.0
        for _tab in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            focus = self.page.evaluate(FOCUS, selector)
            assert focus["drawn"], focus["html"]
            assert focus["seen"], focus["html"]
            assert focus["bottom"] > below - 60, f"the focus goes up: {focus['html']}"
            below = focus["bottom"]
            if focus["there"]:
                return
        raise AssertionError(f"{self.page.url}: no way by Tab to {selector}")

    def press(self, selector: str, key: str = "Enter") -> None:
        """Go there and press a key that leads to another page."""
        self.to(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def type(self, selector: str, words: str) -> None:
        """Go there and type."""
        self.to(selector)
        self.page.keyboard.type(words)

    def is_on(self, selector: str) -> bool:
        """Tell whether the focus is there now."""
        return bool(self.page.evaluate(FOCUS, selector)["there"])


@pytest.fixture
def address(committed) -> Iterator[str]:
    """The portal, served."""
    with live_portal() as served:
        yield served


@pytest.fixture
def told(address) -> trajectories.Story:
    """A case in which nothing was planned for weeks, of people who can sign in."""
    samira = people.employee("Samira el Idrissi", password=PASSWORD)
    advisor = advisors.advisor("Mirjam de Wit")
    advisor.user.set_password(PASSWORD)
    advisor.user.save()
    moment = clock.now() - timedelta(days=60)
    story = trajectories.walk("in_progress", participant=samira, advisor=advisor, moment=moment)
    story.plan("A", "Een plan", ("Meelopen", "Bellen"))
    return story


def enter(address, browser, person) -> Keys:
    """Sign in; the rest goes by keyboard."""
    visitor = Visitor(browser, address)
    visitor.sign_in(person.email, PASSWORD)
    return Keys(visitor)


def link(told, name: str, *more: str) -> str:
    """Return what finds the link to a page of the case."""
    return f"main a[href='{reverse(f'trajectories:{name}', args=[told.trajectory.reference, *more])}']"


def test_the_advisors_day(address, browser, told) -> None:
    """The desk: skip to the participants, sort, nudge, open a case, write, plan and record a conversation."""
    me = enter(address, browser, told.advisor.user)
    me.page.goto(address + reverse("trajectories:desk"))
    me.to("main a[href='#case']")
    me.page.keyboard.press("Enter")
    me.to("#case ~ .phases a, section[aria-labelledby=case] a")
    assert me.page.evaluate("document.activeElement.closest('.phases') !== null")
    me.press(".chips a[href*='sort=name']")
    me.to("section[aria-labelledby=case] a")
    me.press("form[action$='/nudge/'] button")
    expect(me.page.locator("#notices")).to_contain_text("Samira el Idrissi")
    me.press(f"th {link(told, 'page').removeprefix('main ')}")
    me.press(link(told, "notebook", Notebook.OWN_ADVISOR))
    me.type("textarea[name=text]", "Rustig beginnen.")
    expect(me.page.locator("#kept")).to_contain_text("Bewaard om", timeout=20_000)
    assert me.is_on("textarea[name=text]")
    me.press("main form.recordform button:not([name])")
    expect(me.page.locator(".note__text")).to_have_text("Rustig beginnen.")
    me.press(".crumbs a")
    me.press(link(told, "plan_talk"))
    me.to("main input[name=slot]")
    me.page.keyboard.press("ArrowRight")
    assert me.page.locator("input[name=slot]:checked").count() == 1
    me.press("main form.recordform button")
    me.press("main a[href$='/vastleggen/']")
    me.type("textarea[name=agreed]", "Twee mensen bellen.")
    me.press("main form.recordform button:not([name])")
    expect(me.page.locator("#notices")).to_contain_text("vastgelegd")


def test_the_participants_plan(address, browser, told) -> None:
    """Ticking with Space leaves the focus where it is; folds open with Enter; a step moves and is put off."""
    me = enter(address, browser, told.participant)
    me.page.goto(address + reverse("trajectories:plan", args=[told.trajectory.reference, "A"]))
    me.to("input[name=step]")
    ticked = me.page.evaluate("document.activeElement.id")
    me.page.keyboard.press("Space")
    expect(me.page.locator("#steps-A .progress")).to_contain_text(
        "1 van 2 klaar, 1 over de datum. Bewaard", timeout=20_000
    )
    assert me.is_on(f"#{ticked}:checked")
    me.to("input[name=step]:not(:checked)")
    me.press("button[name=way][value=up]")
    me.page.goto(address + reverse("trajectories:page", args=[told.trajectory.reference]))
    me.to("summary:has(.plan__letter)")
    is_open = me.page.evaluate("document.activeElement.parentElement.open")
    me.page.keyboard.press("Enter")
    assert me.page.evaluate("document.activeElement.parentElement.open") is not is_open


def test_both_views(address, browser, told) -> None:
    """Every result rated with the arrow keys, and sent with Enter."""
    trajectories._step(told, "closing")
    me = enter(address, browser, told.participant)
    me.page.goto(address + reverse("trajectories:closing", args=[told.trajectory.reference]))
    results = me.page.locator("main fieldset:has(input[type=radio])").count() - 1
    for _result in range(results):
        me.to("input[type=radio]:not(:checked)")
        me.page.keyboard.press("Space")
        me.page.keyboard.press("ArrowDown")
    me.press("main form.recordform button")
    expect(me.page.locator("main table")).to_be_visible()
