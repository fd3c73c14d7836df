"""Many people at once for the last places, with real commits."""

import threading

from django.db import connections

from catalog import errors
from catalog.enums import Pot
from catalog.models import Session
from catalog.services.enrolling import enrol
from portal.privacy.viewer import viewing
from tests.factories import catalog, people


def test_racing_clients_never_get_more_places_than_seats(committed):
    run = catalog.session(seats=3)
    crowd = [people.employee(f"Persoon Nummer{n}") for n in range(8)]
    start, outcomes = threading.Barrier(len(crowd)), []

    def race(person):
        try:
            start.wait()
            with viewing(person):
                enrol(session=Session.objects.get(pk=run.pk), pot=Pot.FREE, actor=person)
            outcomes.append("in")
        except errors.SessionFull:
            outcomes.append("full")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=race, args=[person]) for person in crowd]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    run.refresh_from_db()
    assert (run.taken, sorted(outcomes)) == (3, ["full"] * 5 + ["in"] * 3)
