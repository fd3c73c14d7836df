"""`make rush`: 200 people for 20 seats, sixteen at a time, through gunicorn; exactly right, and not slow."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

import pytest
from django.db import transaction

from catalog.enums import HOLDING, EnrolmentStatus, Pot
from catalog.models import Enrolment, Session
from catalog.services import keeping
from portal.delivery.running import run_next
from portal.people.enums import Role
from tests.benchmarks.serving import Person, Site, all_at_once, served
from tests.catalog.services.world import asking
from tests.factories import catalog, people
from tests.factories.database import as_owner
from tests.portal.delivery.conftest import as_worker

pytestmark = [pytest.mark.long, pytest.mark.usefixtures("committed")]
PEOPLE, SEATS, ROUNDS, AT_MOST = 200, 20, 5, 10
BARE = "/nl/wie-ziet-wat/"


@pytest.fixture
def crowd() -> list[Person]:
    """Two hundred people who have signed in, with a manager."""
    manager = people.employee("Hanneke Bos")
    return [Person.signed_in(people.employee(f"Persoon Nummer{n}", manager=manager)) for n in range(PEOPLE)]


def wants(site: Site, person: Person, run: Session, pot: str = Pot.FREE) -> Callable[[], int]:
    """Return the press on the button of the enrol panel."""
    data = {"session": run.reference, "pot": pot, "seen": f"{run.reference}:{pot}", "waits": "yes"}
    return lambda: site.post(person, f"/nl/aanbod/{run.offering.slug}/inschrijven/", data)


def rows(run: Session, *statuses: str) -> list[Enrolment]:
    """Return the enrolments in the order of the queue."""
    with transaction.atomic(), as_owner():
        found = Enrolment.objects.filter(session=run, status__in=statuses).select_related("participant")
        return list(found.order_by("pk"))


def work() -> None:
    """Give the worker its turn."""
    with as_worker():
        while run_next():
            pass
        keeping.keep_queues()
        while run_next():
            pass


def test_a_plain_rush_is_exactly_right_and_not_slow(crowd: list[Person], tmp_path: Path) -> None:
    table = []
    with served(tmp_path / "web.log") as site:
        all_at_once([partial(site.get, person, BARE) for person in crowd])
        for _round in range(ROUNDS):
            bare, answers = all_at_once([partial(site.get, person, BARE) for person in crowd])
            assert set(answers) == {200}
            run = catalog.session(seats=SEATS)
            rush, answers = all_at_once([wants(site, person, run) for person in crowd])
            assert set(answers) == {302}
            table.append((bare, rush, rush / bare))
            run.refresh_from_db()
            assert (run.taken, run.waiting) == (SEATS, PEOPLE - SEATS)
            everybody = rows(run, *HOLDING, EnrolmentStatus.WAITING)
            assert [row.status for row in everybody] == ["active"] * SEATS + ["waiting"] * (PEOPLE - SEATS)
    for bare, rush, ratio in table:
        print(f"bare {bare:.2f} s, rush {rush:.2f} s, {ratio:.1f} times")  # noqa: T201
    assert median(ratio for *_rest, ratio in table) <= AT_MOST


def test_a_rush_with_approval_a_cancellation_and_more_seats_keeps_the_order(
    crowd: list[Person], tmp_path: Path
) -> None:
    run, _person, _manager = asking(seats=SEATS)
    editor = Person.signed_in(people.holder(Role.EDITOR))
    half = PEOPLE // 2
    with served(tmp_path / "web.log") as site:
        acts = [wants(site, person, run, Pot.DEPARTMENT) for person in crowd]
        all_at_once(acts[:half])
        first = rows(run, *HOLDING)[0]
        giver = next(person for person in crowd if person.user.pk == first.participant_id)
        seats = f"/nl/aanbod-beheren/data/{run.reference}/"
        acts.insert(half + 5, lambda: site.post(giver, f"/nl/inschrijvingen/{first.reference}/afzeggen/", {}))
        acts.insert(half + 10, lambda: site.post(editor, seats, {"seats": str(SEATS + 3)}))
        _seconds, answers = all_at_once(acts[half:])
        assert set(answers) == {302}
    queue = rows(run, EnrolmentStatus.WAITING)
    work()
    run.refresh_from_db()
    assert (run.taken, run.waiting) == (SEATS + 3, PEOPLE - SEATS - 4)
    assert [row.pk for row in rows(run, EnrolmentStatus.OFFERED)] == [row.pk for row in queue[:4]]
    assert len(rows(run, EnrolmentStatus.REQUESTED)) == SEATS - 1
