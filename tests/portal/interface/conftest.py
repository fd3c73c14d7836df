"""A browser and a running portal for the pages of the ground floor."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import Visitor, chromium
from tests.liveserver import live_portal


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the module."""
    with chromium() as running:
        yield running


@pytest.fixture
def visitor(committed, browser) -> Iterator[Visitor]:
    """Somebody at a window, with the portal served."""
    with live_portal() as address:
        person = Visitor(browser, address)
        yield person
        person.close()
