"""Every page opens for its people, at every status."""

import pytest
from django.urls import reverse

from tests.factories import trajectories
from trajectories.enums import Status

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", list(Status))
def test_page_opens_for_both(client, status):
    told = trajectories.walk(status)
    assert told.trajectory.status == status
    url = reverse("trajectories:page", args=[told.trajectory.reference])
    people = [told.participant] + [told.advisor.user] * (status not in ("requested", "withdrawn"))
    for person in people:
        client.force_login(person)
        page = client.get(url)
        assert page.status_code == 200, page.content
        assert str(told.trajectory.status_label) in page.content.decode()
