"""A browser and a running portal for the pages of the ground floor."""

from collections.abc import Iterator

import pytest

from tests.browser import Visitor
from tests.liveserver import live_portal


@pytest.fixture(scope="module")
def portal_address(django_db_setup, django_db_blocker) -> Iterator[str]:
    """The portal, served; its visitors do not sign in, so nothing is written."""
    with django_db_blocker.unblock(), live_portal() as address:
        yield address


@pytest.fixture
def visitor(portal_address, browser) -> Iterator[Visitor]:
    """Somebody at a window who does not sign in."""
    person = Visitor(browser, portal_address)
    yield person
    person.close()


@pytest.fixture
def member(committed, browser) -> Iterator[Visitor]:
    """Somebody at a window who may sign in: what the test writes is committed, and taken away afterwards."""
    with live_portal() as address:
        person = Visitor(browser, address)
        yield person
        person.close()
