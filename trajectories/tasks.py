"""Jobs of trajectories."""

from portal.delivery.jobs import Job, handler
from trajectories.queries.cases import visible_to
from trajectories.services import paying


@handler(paying.SIGNED)
def payer_signed(job: Job) -> None:
    """Start a trajectory after the payer's signature, as its advisor."""
    if job.viewer is None:
        return
    case = visible_to(job.viewer).filter(pk=int(job.object_id)).first()
    if case is not None:
        paying.start_when_signed(actor=job.viewer, trajectory=case)
