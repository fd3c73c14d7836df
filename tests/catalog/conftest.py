"""The sample's catalogue, loaded once for a module of tests."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connections, transaction

from catalog.services import content
from portal import clock
from tests import testdatabase
from tests.liveserver import live_portal

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Load the catalogue in a transaction of its own, taken back at the end of the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        with clock.frozen(clock.local(TODAY, 9)):
            content.load(today=TODAY)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def sample_day() -> Iterator[None]:
    """Hold the clock at the morning for which the sample was loaded."""
    with clock.frozen(clock.local(TODAY, 9)):
        yield


@pytest.fixture(scope="module")
def served(place, django_db_setup, django_db_blocker) -> Iterator[str]:
    """A portal with the sample's catalogue of today; what its visitors do is undone after the module."""
    with django_db_blocker.unblock():
        try:
            content.load(today=clock.today())
            with live_portal() as address:
                yield address
        finally:
            connections.close_all()
            testdatabase.restore(place)
