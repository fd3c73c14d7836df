"""Agreement, report-back and closing as files, made by a job for one of those who may read them."""

from typing import Any, TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _

from portal.delivery import jobs
from portal.documents.services import keep_document
from portal.people.models import User
from portal.privacy import wall
from trajectories.errors import NoSuchMove, NotYours
from trajectories.models import Agreement, ReportBack, Trajectory
from trajectories.queries.papers import CLOSING, PAPER, REPORT
from trajectories.reports import agreement as agreements
from trajectories.reports import closing as closings
from trajectories.reports import report_back as reports

Row = TypeVar("Row", bound=Model)


def ask_paper(*, actor: User, trajectory: Trajectory, language: str) -> jobs.Job:
    """Ask for a PDF of the version on the table, for the actor only."""
    rows = wall.visible(Agreement, actor).filter(trajectory=trajectory, proposed_at__isnull=False)
    agreement = rows.first()
    if agreement is None:
        raise NoSuchMove
    return jobs.enqueue(PAPER, f"{agreement.reference} {language}", viewer=actor)


def ask_report_paper(*, actor: User, report: ReportBack) -> jobs.Job:
    """Ask for a PDF of a released text, in the language of whom it is for."""
    if not wall.visible(ReportBack, actor).filter(pk=report.pk).exists():
        raise NotYours
    return jobs.enqueue(REPORT, f"{report.reference} {report.recipient.language}", viewer=actor)


def ask_closing_paper(*, actor: User, trajectory: Trajectory, language: str) -> jobs.Job:
    """Ask for a PDF of how both look back, once both have; for one of the two only."""
    case = _of_two(actor, reference=trajectory.reference)
    if case is None:
        raise NotYours
    if not case.is_looked_back_on:
        raise NoSuchMove
    return jobs.enqueue(CLOSING, f"{case.reference}.{case.round} {language}", viewer=actor)


def make_paper(job: jobs.Job) -> None:
    """Make the PDF of an agreement as the one who asked; the result is its reference."""
    reference, language = job.object_id.split(" ")
    row = _find(Agreement, job, reference, "trajectory__participant", "trajectory__advisor")
    _keep(job, f"document-{row.number}-{language}.pdf", agreements.paper(row, language))


def make_report_paper(job: jobs.Job) -> None:
    """Make the PDF of a released text as the one who asked."""
    reference, language = job.object_id.split(" ")
    row = _find(ReportBack, job, reference, "participant", "recipient")
    _keep(job, f"document-{language}.pdf", reports.paper(row, language))


def make_closing_paper(job: jobs.Job) -> None:
    """Make the PDF of a closing as the one who asked; not of a round that is over by now."""
    reference, language = job.object_id.split(" ")
    case = _of_two(job.viewer, reference=reference.partition(".")[0])
    if (
        case is None
        or job.viewer is None
        or not case.is_looked_back_on
        or not reference.endswith(f".{case.round}")
    ):
        raise jobs.JobRefusedError(_("This document is not there any more."))
    _keep(job, f"document-{language}.pdf", closings.paper(case, job.viewer, language))


def _of_two(actor: User | None, *, reference: str) -> Trajectory | None:
    """Return a case of which the actor is participant or advisor."""
    if actor is None:
        return None
    rows = wall.visible(Trajectory, actor).select_related("participant", "advisor")
    case = rows.filter(reference=reference).first()
    return case if case and actor.pk in (case.participant_id, case.advisor_id) else None


def _find(model: type[Row], job: jobs.Job, reference: str, *related: str) -> Row:
    rows: Any = wall.visible(model, job.viewer)
    found: Row | None = (
        rows.select_related(*related).filter(reference=reference).first() if job.viewer else None
    )
    if found is None:
        raise jobs.JobRefusedError(_("This document is not there any more."))
    return found


def _keep(job: jobs.Job, name: str, content: bytes) -> None:
    """Keep the file under a neutral name, for the one who asked."""
    job.result = keep_document(owner=job.viewer, name=name, content=content).reference
