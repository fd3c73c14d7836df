"""Jobs of evaluations, and the scan of the scheduler."""

from celery import shared_task

from evaluations.services import figures, invitations, reports, sending
from portal import clock
from portal.delivery import broker
from portal.delivery.jobs import Job, handler

SCAN = "evaluations.tasks.send_due_evaluations"


@shared_task(ignore_result=True)
def send_due_evaluations() -> None:
    """Send what is due today; safe to run twice at once."""
    sending.send_due(as_of=clock.today())


@handler("evaluations.follow")
def follow(job: Job) -> None:
    """Plan or cancel the surveys of one trajectory."""
    invitations.follow(trajectory_id=int(job.object_id))
    broker.kick(SCAN)  # what is due today need not wait for the clock


@handler("evaluations.complete")
def complete(job: Job) -> None:
    """Complete a trajectory after its follow-up."""
    if job.viewer is not None:
        invitations.complete(actor=job.viewer, trajectory_id=int(job.object_id))


@handler("evaluations.count")
def count(job: Job) -> None:
    """Count and protect the figures of one release."""
    figures.count(period=job.object_id)


@handler("evaluations.report")
def report(job: Job) -> None:
    """Make the PDF of one report."""
    reports.make(job)
