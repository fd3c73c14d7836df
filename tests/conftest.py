"""What every test stands on: the migrated database, a clean cache, and real commits where asked."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import connections, transaction
from django.utils import translation
from playwright.sync_api import Browser

from tests import environment, testdatabase
from tests.browser import chromium
from tests.factories import trajectories


@pytest.fixture(scope="session")
def place(request: pytest.FixtureRequest) -> environment.Place:
    """The tests' servers and folder."""
    return request.config.stash[environment.STASH]


@pytest.fixture(scope="session")
def django_db_setup(place, django_test_environment, django_db_blocker, django_db_createdb) -> Iterator[None]:
    """Migrate as the owner; the tests connect as `portal_web`, like the pages do."""
    with django_db_blocker.unblock():
        testdatabase.prepare(place, anew=django_db_createdb)
        with transaction.atomic():
            trajectories.learn()
            transaction.set_rollback(True)
        connections.close_all()
    yield
    connections.close_all()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests: playwright can't run twice in one process."""
    with chromium() as running:
        yield running


@pytest.fixture(autouse=True)
def _own_language() -> None:
    """Start in Dutch: a request of the test before leaves its language in this thread."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _clean_cache() -> None:
    """Forget the rate limits, heartbeats and queued jobs of the test before."""
    cache.clear()


@pytest.fixture
def committed(place, django_db_setup, django_db_blocker) -> Iterator[None]:
    """For a test that needs real commits: afterwards every table is as the migrations left it."""
    with django_db_blocker.unblock():
        try:
            yield
        finally:
            connections.close_all()
            testdatabase.restore(place)
