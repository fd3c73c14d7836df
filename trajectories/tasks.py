"""Jobs of trajectories, and the scan for cases in which nothing is planned."""

from celery import shared_task

from portal import clock
from portal.delivery import jobs
from portal.delivery.jobs import Job, handler
from portal.people.enums import Role
from portal.people.queries import holders
from portal.privacy.viewer import viewing
from trajectories.queries.cases import visible_to
from trajectories.queries.papers import CLOSING, PAPER, REPORT
from trajectories.queries.stalling import monday
from trajectories.services import handing_over, leaving, papers, paying, reminding
from trajectories.services.stalling import nudge_advisor

REMIND = "trajectories.remind"


@shared_task(ignore_result=True)
def withdraw_left() -> None:
    """Withdraw what was still being prepared for people whose account has ended; safe to run twice at once."""
    leaving.withdraw_left()


@handler(paying.SIGNED)
def payer_signed(job: Job) -> None:
    """Start a trajectory after the payer's signature, as its participant."""
    if job.viewer is None:
        return
    case = visible_to(job.viewer).filter(pk=int(job.object_id)).first()
    if case is not None:
        paying.start_when_signed(actor=job.viewer, trajectory=case)


@handler(handing_over.HANDED_OVER)
def handed_over(job: Job) -> None:
    """Call off the appointments with an earlier advisor, as the participant."""
    case = visible_to(job.viewer).filter(pk=int(job.object_id)).first()
    if case is not None and job.viewer is not None:
        handing_over.call_off(actor=job.viewer, trajectory=case)


@handler(handing_over.LEFT_ALONE)
def left_alone(job: Job) -> None:
    """Call off what was planned with an advisor who lost account or role, as the participant."""
    case = visible_to(job.viewer).filter(pk=int(job.object_id)).first()
    if case is not None and job.viewer is not None:
        handing_over.call_off_alone(actor=job.viewer, trajectory=case)


@shared_task(ignore_result=True)
def tell_alone() -> None:
    """Tell whom it concerns that an advisor can't go on, with the sight of the coordinators; safe to run twice."""
    for coordinator in holders(Role.COORDINATOR):
        with viewing(coordinator):
            handing_over.tell_alone(actor=coordinator)


@handler(PAPER)
def paper(job: Job) -> None:
    """Make the PDF of an agreement."""
    papers.make_paper(job)


@handler(REPORT)
def report_paper(job: Job) -> None:
    """Make the PDF of a report-back."""
    papers.make_report_paper(job)


@handler(CLOSING)
def closing_paper(job: Job) -> None:
    """Make the PDF of a closing."""
    papers.make_closing_paper(job)


@shared_task(ignore_result=True)
def remind_advisors() -> None:
    """Ask once a week for a look at each advisor's cases; safe to run as often as one likes."""
    week = monday(clock.today())
    for advisor in holders(Role.ADVISOR):
        jobs.enqueue(REMIND, advisor.reference, viewer=advisor, key=f"remind:{week}:{advisor.reference}")


@handler(REMIND)
def remind(job: Job) -> None:
    """Remind one advisor of cases in which nothing is planned."""
    if job.viewer is not None:
        nudge_advisor(actor=job.viewer)


@shared_task(ignore_result=True)
def remind_of_steps() -> None:
    """Send the reminders that are due; safe to run twice at once."""
    reminding.send_due()
