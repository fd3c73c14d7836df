"""What the worker does for trajectories, by its own login, on real commits."""

from django.db import transaction

from tests.factories import people, trajectories
from tests.portal.delivery.conftest import as_worker
from tests.trajectories.test_leaving import leave
from trajectories.services.leaving import withdraw_left


def test_worker_finds_who_left_and_nobody_else(committed) -> None:
    with transaction.atomic():
        told = trajectories.walk("requested")
        person = people.employee("Otto Weg")
        gone = trajectories.walk("requested", participant=person, coordinator=told.coordinator)
        leave(gone)
    with as_worker():
        assert withdraw_left() == 1
    with transaction.atomic():
        assert (told.trajectory.status, gone.trajectory.status) == ("requested", "withdrawn")
