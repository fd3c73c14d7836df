"""Files that somebody asked for."""

from portal.delivery.models import Job
from portal.people.models import User
from portal.privacy import wall
from trajectories.models import Agreement, Trajectory

PAPER = "trajectories.paper"


def paper_job(actor: User, case: Trajectory) -> Job | None:
    """Return this reader's newest job for a paper of this case's agreements."""
    references = wall.visible(Agreement, actor).filter(trajectory=case).values_list("reference", flat=True)
    wanted = [f"{reference} {language}" for reference in references for language in ("nl", "en")]
    return wall.visible(Job, actor).filter(viewer=actor, name=PAPER, object_id__in=wanted).first()
