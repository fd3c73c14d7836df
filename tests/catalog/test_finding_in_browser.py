"""Finding things in Chromium: filters that answer at once, and every page of it by keyboard alone."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from portal import clock
from tests.browser import NARROW, Visitor

pytestmark = pytest.mark.journey

# What the keyboard is on: its place in the page, its name, and whether one sees that.
STOP = """() => { const at = document.activeElement;
  if (!at || at === document.body) { return null; }
  const style = getComputedStyle(at);
  return {place: [...document.querySelectorAll("*")].indexOf(at), name: at.id || at.textContent.trim(),
          shown: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2}; }"""
# What one should be able to reach: all in sight, a group of radio buttons once.
WANTED = """() => [...document.querySelectorAll("main a[href], main button, main summary, main input")]
  .filter(one => one.checkVisibility() && !one.disabled && one.tabIndex >= 0 && one.type !== "hidden"
    && (one.type !== "radio" || one.checked))
  .map(one => [[...document.querySelectorAll("*")].indexOf(one), one.id || one.textContent.trim()])"""
COUNT = "Number(document.getElementById('results').textContent.match(/[0-9]+/)[0])"
MOST_STOPS = 200


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def stops(page):
    """Go through the page with Tab, from the skip link on; return where one came, and what one did not see."""
    press(page, "Tab", "Enter")
    seen, unseen = set(), []
    for _stop in range(MOST_STOPS):
        press(page, "Tab")
        at = page.evaluate(STOP)
        if at is None or at["place"] in seen:
            break
        seen.add(at["place"])
        unseen += [] if at["shown"] else [at["name"]]
    return seen, unseen


def test_filters_answer_at_once_and_keep_the_focus(served, browser):
    window = Visitor(browser, served)
    page = window.page
    window.open("/nl/aanbod/")
    everything = page.evaluate(COUNT)
    box = page.locator("#facet-theme-learn_and_grow")
    expected = int(box.locator("xpath=../span[@class='n']").inner_text())
    box.focus()
    press(page, "Space")
    page.wait_for_url("**/aanbod/?theme=learn_and_grow")
    page.wait_for_selector(".chip:has-text('Leren en groeien')")
    assert page.evaluate(COUNT) == expected < everything
    assert page.inner_text("#found").startswith(f"{expected} ")
    assert page.evaluate(STOP)["name"] == "facet-theme-learn_and_grow"
    page.locator("#facet-cost > summary").focus()
    press(page, "Enter", "Tab", "Space")
    expect(page.locator(".chip")).to_have_count(2)
    assert page.evaluate(STOP)["name"].startswith("facet-cost-")
    assert page.evaluate(COUNT) <= expected
    page.go_back()
    expect(page.locator(".chip")).to_have_count(1)
    assert page.evaluate(COUNT) == expected
    page.go_back()
    expect(page.locator(".chip")).to_have_count(0)
    assert page.evaluate(COUNT) == everything
    assert not page.locator("#facet-theme-learn_and_grow").is_checked()
    window.open("/nl/aanbod/?q=onderhandelen&cost=free&when=month")
    page.locator("#facet-when-month").focus()
    press(page, "Space")
    expect(page.locator("#results")).to_be_focused()  # the option led nowhere and is gone
    assert window.complaints == []
    window.close()


def addresses():
    later = clock.today() + timedelta(days=30)
    month = f"{later.year}/{later.month}/"
    zero = "?q=onderhandelen&cost=free&when=month"
    return [
        *("/nl/aanbod/?theme=learn_and_grow", f"/nl/aanbod/{zero}", "/nl/aanbod/?q=zweefvliegen"),
        *(f"/nl/agenda/{month}", "/nl/agenda/?theme=get_inspired", "/nl/interventiewijzer/"),
        *("/nl/aanbod/netwerken-zonder-ongemak/", f"/en/offerings/{zero}", "/en/offerings/"),
        *(f"/en/calendar/{month}", "/en/interventions/zet-leerambassadeurs-in-als-goed-voorbeeld/"),
    ]


@pytest.mark.long
@pytest.mark.parametrize("with_scripts", [True, False])
def test_everything_can_be_reached_and_seen_by_keyboard(served, browser, with_scripts):
    small = {"width": NARROW, "height": 800}
    options = {} if with_scripts else {"java_script_enabled": False, "viewport": small}
    window = Visitor(browser, served, **options)
    for address in addresses():
        window.open(address)
        seen, unseen = stops(window.page)
        missed = [name for place, name in window.page.evaluate(WANTED) if place not in seen]
        assert (missed, unseen) == ([], []), address
        assert window.problems() == [], address
    window.close()


@pytest.mark.long
def test_on_a_phone_without_scripts_one_chooses_by_keyboard(served, browser):
    small = {"width": NARROW, "height": 800}
    window = Visitor(browser, served, java_script_enabled=False, viewport=small)
    page = window.page
    window.open("/nl/aanbod/?audience=managers")
    assert not page.locator("nav.kinds").is_visible()
    assert page.locator(".chip").is_visible()
    page.locator("#kinds > summary").focus()
    press(page, "Enter")
    page.locator("nav.kinds a:has-text('Online cursus')").focus()
    with page.expect_navigation():
        press(page, "Enter")
    assert "audience=managers" in page.url
    assert not page.locator("nav.kinds").is_visible()
    assert page.locator("#kinds > summary .n").inner_text() != "Alles"
    page.locator("#filters > summary").focus()
    press(page, "Enter")
    page.locator("#facet-form input").first.focus()
    press(page, "Space")
    with page.expect_navigation():
        press(page, "Enter")
    assert "form=" in page.url
    assert page.locator(".chip").count() == 3
    window.close()
