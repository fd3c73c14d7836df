"""What the worker does for enrolments: it moves the queues, which no page may."""

from celery import shared_task

from catalog.models import Enrolment, Session
from catalog.services import dates, keeping, places, publishing, reviewing, sessions, steps, waiting
from catalog.services.approving import SETTLE
from portal.delivery import jobs


@jobs.handler(places.FILL)
def fill_places(job: jobs.Job) -> None:
    """Offer free places to who waits."""
    waiting.fill(session=Session.objects.get(reference=job.object_id))


@jobs.handler(sessions.CALL_OFF)
def call_off(job: jobs.Job) -> None:
    """Tell everybody that a session was called off."""
    sessions.end_all(session=Session.objects.get(reference=job.object_id))


@jobs.handler(dates.TELL)
def date_changed(job: jobs.Job) -> None:
    """Tell everybody that a date has another time or room."""
    dates.tell_changed(session=Session.objects.get(reference=job.object_id))


@jobs.handler(SETTLE)
def settle_enrolment(job: jobs.Job) -> None:
    """Give the money of a refused enrolment back."""
    sessions.settle_ended(enrolment=Enrolment.objects.get(reference=job.object_id))


@shared_task(ignore_result=True)
def keep_queues() -> None:
    """Find what is due."""
    keeping.keep_queues()


@shared_task(ignore_result=True)
def keep_cards() -> None:
    """Publish and take off what is due, and tell owners whose cards lists leave out."""
    publishing.keep_time()
    reviewing.tell_owners()


@shared_task(ignore_result=True)
def write_steps() -> None:
    """Write the letters of steps that are due."""
    steps.write_letters()
