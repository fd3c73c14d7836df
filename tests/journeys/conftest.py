"""One real portal and one browser for all journeys."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.journeys.running import Portal, running_portal

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="session")
def portal() -> Iterator[Portal]:
    """A portal with the sample university."""
    with running_portal() as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def visitor(browser: Browser, portal: Portal) -> Iterator[Page]:
    """A visitor with a fresh browser."""
    context = _context(browser, portal)
    yield context.new_page()
    context.close()


def _context(browser: Browser, portal: Portal, *, width: int = 1280, script: bool = True) -> BrowserContext:
    return browser.new_context(
        base_url=portal.url,
        viewport={"width": width, "height": 900},
        java_script_enabled=script,
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
    )


class People:
    """Signs the demo accounts in, each in a browser of their own."""

    def __init__(self, browser: Browser, portal: Portal) -> None:
        self.browser, self.portal = browser, portal
        self.contexts: list[BrowserContext] = []

    def sign_in(self, account: str, *, language: str = "nl", width: int = 1280, script: bool = True) -> Page:
        """Sign in through the form, as anybody does."""
        context = _context(self.browser, self.portal, width=width, script=script)
        self.contexts.append(context)
        page = context.new_page()
        page.goto(f"/{language}/account/login/?next=/{language}/")
        page.fill("input[name=login]", f"{account}@universiteit.example")
        page.fill("input[name=password]", "portal-demo")
        page.locator("form:has(input[name=login]) button[type=submit]").first.click()
        page.wait_for_url(f"**/{language}/")
        return page

    def leave(self) -> None:
        """Close every browser."""
        for context in self.contexts:
            context.close()


@pytest.fixture
def people(browser: Browser, portal: Portal) -> Iterator[People]:
    """The demo accounts."""
    crowd = People(browser, portal)
    yield crowd
    crowd.leave()
