"""The agreement as a file, made by a job for one of the two who may read it."""

from django.utils.translation import gettext as _

from portal.delivery import jobs
from portal.documents.services import keep_document
from portal.people.models import User
from portal.privacy import wall
from trajectories.errors import NoSuchMove
from trajectories.models import Agreement, Trajectory
from trajectories.queries.papers import PAPER
from trajectories.reports.agreement import paper


def ask_paper(*, actor: User, trajectory: Trajectory, language: str) -> jobs.Job:
    """Ask for a PDF of the version on the table, for the actor only."""
    rows = wall.visible(Agreement, actor).filter(trajectory=trajectory, proposed_at__isnull=False)
    agreement = rows.first()
    if agreement is None:
        raise NoSuchMove
    return jobs.enqueue(PAPER, f"{agreement.reference} {language}", viewer=actor)


def make_paper(job: jobs.Job) -> None:
    """Make the PDF as the one who asked and keep it under a neutral name; the result is its reference."""
    reference, language = job.object_id.split(" ")
    rows = wall.visible(Agreement, job.viewer).select_related(
        "trajectory__participant", "trajectory__advisor"
    )
    agreement = rows.filter(reference=reference).first()
    if agreement is None or job.viewer is None:
        raise jobs.JobRefusedError(_("This agreement is not there any more."))
    content = paper(agreement, language)
    name = f"document-{agreement.number}-{language}.pdf"
    job.result = keep_document(owner=job.viewer, name=name, content=content).reference
