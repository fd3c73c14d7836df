"""Random histories of a trajectory: no phase without its guard, no lost note, nobody told twice, no access after the end."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from portal import clock
from portal.people.enums import Role
from portal.privacy.viewer import viewing
from tests.factories import advisors, people, trajectories
from tests.factories.database import as_owner
from tests.trajectories.book import Book
from tests.trajectories.history import History
from trajectories.models import Conversation, NotebookEntry

pytestmark = pytest.mark.django_db
# What stands in the book of a story that the factories told up to a status.
CLOSING: dict[str, Any] = {"has_step": True, "components": True, "signed": {"participant", "advisor"}}
KNOWN: dict[str, dict[str, Any]] = {
    "assigned": {},
    "intake_done": {"has_intake": True, "is_recorded": True},
    "in_progress": {"has_intake": True, "is_recorded": True, "signed": {"participant", "advisor"}},
    "closing": CLOSING,
    "closed": {**CLOSING, "rated": {"participant", "advisor"}},
}


@pytest.fixture
def histories():
    """The machine, with a story to start from for each phase; the advisor is from outside."""
    given = {
        "advisor": advisors.external("Yara Koster", maximum_caseload=20),
        "coordinator": people.holder(Role.COORDINATOR, "Karim Haddad"),
    }
    History.starts = {status: start(status, given) for status in KNOWN}
    return History


def start(status, given):
    person = people.employee(f"Deelnemer {status}")
    told = trajectories.walk(status, participant=person, moment=clock.now() - timedelta(days=40), **given)
    case = told.trajectory
    with as_owner():
        rows = Conversation.objects.filter(trajectory=case.pk)
        held = [row.kind for row in rows if row.is_counted]
        notes = [(row.kind, row.text) for row in NotebookEntry.objects.filter(trajectory=case.pk)]
        planned = {row.pk: row.kind for row in rows if row.state == "planned"}
    with viewing(person):
        days = (clock.today() - case.closed_at.date()).days if case.closed_at else 0
    return told, Book(**KNOWN[status], held=held, notes=notes, planned=planned, days_closed=days)


def run(machine, examples, steps, phases=(Phase.generate,)):
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            phases=phases,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_random_histories(histories):
    """25 histories, each of up to ten acts."""
    run(histories, 25, 10)


@pytest.mark.long
def test_thousands_of_histories(histories):
    """Thousands of histories, each of up to forty acts."""
    run(histories, 2000, 40, (Phase.generate, Phase.shrink))
