"""What the panel offers to whoever comes already: nothing more of a course, once more of a walk."""

import pytest
from django.test import Client

from tests.catalog.services.world import crowd, take
from tests.catalog.views.test_queue import offering_of, page, plain, send
from tests.factories import catalog

pytestmark = pytest.mark.django_db


def test_with_a_place_in_a_course_there_is_one_way_to_another_date(client: Client) -> None:
    """B1: no second panel beside “move to another date”; an old page is refused in words."""
    run = catalog.session()
    other = catalog.session(run.offering, in_days=60)
    (person,) = crowd(1)
    take(run, person)
    shown = page(client, offering_of(run), person)
    assert "Naar een andere datum" in shown
    assert other.reference not in shown
    assert "Uw inschrijving" in page(client, f"{offering_of(run)}inschrijven/")
    answer = send(client, other)
    assert answer.status_code == 409
    assert "U hebt al een plaats op een andere datum van dit aanbod." in plain(answer)


def test_a_walk_may_be_joined_once_more_and_says_so(client: Client) -> None:
    run = catalog.session(catalog.offering(is_repeatable=True))
    other = catalog.session(run.offering, in_days=60)
    (person,) = crowd(1)
    take(run, person)
    shown = page(client, offering_of(run), person)
    assert "Nog een keer komen" in shown
    assert other.reference in shown
    assert send(client, other).status_code == 302


def test_who_waits_reads_before_the_button_what_becomes_of_the_turn(client: Client) -> None:
    full = catalog.session(seats=1)
    free = catalog.session(full.offering, in_days=60)
    also_full = catalog.session(full.offering, in_days=90, seats=1)
    first, person = crowd(2)
    take(full, first)
    take(also_full, crowd(1)[0])
    take(full, person)
    shown = page(client, offering_of(full), person)
    assert "Uw beurt op de wachtlijst voor" in shown
    assert shown.index("Uw beurt op de wachtlijst voor") < shown.index("Inschrijven voor")
    waiting = page(client, f"{offering_of(full)}?session={also_full.reference}")
    assert "U houdt uw beurt voor" in waiting
    assert send(client, free).status_code == 302
    assert "Uw inschrijving" in page(client, offering_of(full))
    assert free.reference not in page(client, offering_of(full))
