"""What the tests of evaluations stand on."""

from collections.abc import Iterator

import pytest
from django.db import connection, connections

from portal.organisation.models import Faculty


@pytest.fixture
def worker(place, committed) -> Iterator[None]:
    """Act as the worker's login, `portal_jobs`, with real commits."""
    settings = connections.settings["default"]
    before = {key: settings[key] for key in ("USER", "PASSWORD")}
    connection.close()
    settings.update(USER="portal_jobs", PASSWORD=place.servers.state.password("portal_jobs"))
    try:
        yield
    finally:
        connection.close()
        settings.update(before)


def faculties(*codes: str) -> list[Faculty]:
    """Return faculties by code."""
    from tests.factories import people

    return [people.faculty(code) for code in codes]
