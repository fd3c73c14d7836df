"""What tests of the queue share: acts by their own person, the worker's turn, and the mail."""

from typing import Any

from catalog.enums import Pot
from catalog.models import Enrolment, Session
from catalog.services import enrolling, keeping
from portal.delivery import jobs
from portal.delivery.enums import JobState
from portal.delivery.models import Job, Mail
from portal.people.models import User
from portal.privacy.viewer import viewing
from tests.factories import catalog, people
from tests.factories.database import as_owner


def take(run: Session, person: User, pot: str = Pot.FREE, *, may_wait: bool = True) -> Enrolment:
    """Enrol as that person."""
    with viewing(person):
        return enrolling.enrol(session=run, pot=pot, actor=person, may_wait=may_wait)


def give_back(enrolment: Enrolment) -> Enrolment:
    """Cancel as the participant."""
    with viewing(enrolment.participant):
        return enrolling.cancel(enrolment=enrolment, actor=enrolment.participant)


def work() -> None:
    """Let the worker do its jobs and its scan, past the wall; `test_worker` does it with the worker's own login."""
    with as_owner():
        _jobs()
        keeping.keep_queues()
        _jobs()


def _jobs() -> None:
    for job in Job.objects.filter(state=JobState.WAITING):
        jobs.handler_of(job.name)(job)
        Job.objects.filter(pk=job.pk).update(state=JobState.DONE)


def fresh(row: Any) -> Any:
    """Return the row as it stands now, whoever may see it."""
    with as_owner():
        return type(row).objects.get(pk=row.pk)


def letters(person: User) -> list[str]:
    """Return the letters to a person, oldest first."""
    with as_owner():
        rows = Mail.objects.filter(recipient=person).order_by("queued_at", "id")
        return [row.template.removeprefix("catalog/") for row in rows]


def crowd(number: int) -> list[User]:
    """Return that many employees."""
    return [people.employee(f"Persoon Nummer{n}") for n in range(number)]


def asking(**fields: Any) -> tuple[Session, User, User]:
    """Return a session that the department pays after a yes, somebody who wants to come, and the manager."""
    manager = people.employee("Hanneke Bos")
    person = people.employee("Samira el Idrissi", manager=manager)
    told = catalog.notice(
        "ask_approval",
        is_manager_told=True,
        needs_answer=True,
        message_nl="{name} vraagt {title}, € {cost}. Antwoord vóór {deadline}.",
        message_en="{name} asks {title}, €{cost}. Reply before {deadline}.",
    )
    offering = catalog.offering(
        "Helder schrijven", cost_eur=195, pots={Pot.DEPARTMENT: told, Pot.FREE: catalog.notice()}
    )
    return catalog.session(offering, **fields), person, manager
