"""The state of the portal on the administrator's page."""

import pytest

from portal.delivery import health
from portal.people.enums import Role
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    client.force_login(people.holder(Role.ADMINISTRATOR, language="en"))

    def read():
        return client.get("/beheer/").content.decode()

    return read


def test_what_does_not_answer_is_named(page):
    assert "Something does not work." in page()
    assert page().count("Does not answer") == 2


def test_everything_works_with_a_worker_and_a_scheduler(page):
    health.beat(health.WORKER)
    health.beat(health.SCHEDULER)
    assert "Everything works." in page()
    assert "Does not answer" not in page()
