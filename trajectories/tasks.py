"""Jobs of trajectories."""

from portal.delivery.jobs import Job, handler
from trajectories.queries.cases import visible_to
from trajectories.queries.papers import PAPER
from trajectories.services import handing_over, paying
from trajectories.services.papers import make_paper


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


@handler(PAPER)
def paper(job: Job) -> None:
    """Make the PDF of an agreement."""
    make_paper(job)
