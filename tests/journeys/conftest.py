"""One real portal and one browser for all journeys."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests import testdatabase
from tests.browser import Visitor
from tests.environment import Place
from tests.journeys.counting import Ledger
from tests.journeys.running import Portal, attached_portal, running_portal

PASSWORD = "portal-demo"
SignIn = Callable[..., Visitor]


@pytest.fixture(scope="session")
def portal(request: pytest.FixtureRequest, place: Place) -> Iterator[Portal]:
    """A portal with the sample university (or one that runs already, while writing a journey)."""
    if "JOURNEY_URL" in os.environ:
        found = attached_portal()
    else:
        if place.shared is not None:  # beside other workers: one of them migrates, for all
            request.getfixturevalue("django_db_setup")
        found = running_portal(testdatabase.template(place))
    with found as running:
        yield running


@pytest.fixture(scope="session")
def ledger(request: pytest.FixtureRequest) -> Iterator[Ledger]:
    """Collect what every job costs; the table is printed at the end."""
    found = Ledger()
    yield found
    reporter = request.config.pluginmanager.getplugin("terminalreporter")
    capture = request.config.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():
        reporter.write_line(f"\n{found.table()}")


@pytest.fixture
def open_window(browser: Browser, portal: Portal) -> Iterator[Callable[..., Visitor]]:
    """Open windows that close with the test."""
    windows: list[Visitor] = []

    def window(**options: object) -> Visitor:
        windows.append(Visitor(browser, portal.url, **options))
        return windows[-1]

    yield window
    for visitor in windows:
        visitor.close()


@pytest.fixture
def sign_in(open_window: Callable[..., Visitor]) -> SignIn:
    """Sign a demo account in, in a window of its own."""

    def account(name: str, language: str = "nl", **options: object) -> Visitor:
        visitor = open_window(**options)
        visitor.sign_in(f"{name}@universiteit.example", PASSWORD, language)
        return visitor

    return account
