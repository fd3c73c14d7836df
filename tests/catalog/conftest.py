"""The sample's catalogue, loaded once for a module of tests that only read it."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction

from catalog.services import content
from portal import clock

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
