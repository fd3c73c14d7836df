"""Every status can be reached through the services."""

import pytest

from tests.factories import trajectories
from trajectories.enums import Status

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", list(Status))
def test_story_reaches_status(status):
    assert trajectories.trajectory(status).status == status
