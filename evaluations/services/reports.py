"""Reports as PDF, made by a job for the reader who asked, or for a command."""

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from evaluations.enums import ReleaseState
from evaluations.models import Indicator, Release, ReleasedFigure
from evaluations.queries.released import cells, previous_release
from evaluations.reports.paper import Subject, paper
from portal.delivery import jobs
from portal.documents.services import keep_document
from portal.organisation.models import Faculty
from portal.people.models import User
from portal.privacy import wall

UNIVERSITY = "all"
M = TypeVar("M", bound=Model)


def ask(*, actor: User | None, period: str, faculty: str, language: str) -> jobs.Job:
    """Ask a job for a report; `faculty` is a code, empty for the university. No actor: for a command."""
    wanted = f"{period} {faculty or UNIVERSITY} {language}"
    return jobs.enqueue("evaluations.report", wanted, viewer=actor)


def make(job: jobs.Job) -> None:
    """Make the PDF and keep it for who asked; the job's result is the document's reference.

    Raises JobRefusedError with a sentence when there is nothing to report. Draws: for the worker only.
    """
    period, code, language = job.object_id.split(" ")
    release = _seen(Release, job.viewer).filter(period=period, state=ReleaseState.RELEASED).first()
    if release is None:
        raise jobs.JobRefusedError(
            _("The figures of %(period)s have not been released.") % {"period": period}
        )
    faculty = _faculty(code)
    scope = faculty.pk if faculty else None
    now = _released(release, scope, job.viewer)
    if not any(key[1] == scope for key in now):
        raise jobs.JobRefusedError(_("There are no figures of %(code)s for you.") % {"code": code})
    content = paper(
        Subject(release, faculty, language),
        indicators=list(Indicator.objects.all()),
        cells=now,
        before=_released(previous_release(release), scope, job.viewer),
    )
    document = keep_document(owner=job.viewer, name=f"{code}-{period}-{language}.pdf", content=content)
    job.result = document.reference


def _faculty(code: str) -> Faculty | None:
    """Return the faculty of a code, None for the university; JobRefusedError when there is none."""
    if code == UNIVERSITY:
        return None
    found = Faculty.objects.filter(code=code).first()
    if found is None:
        raise jobs.JobRefusedError(_("There is no faculty with the code %(code)s.") % {"code": code})
    return found


def _seen(model: type[M], viewer: User | None) -> QuerySet[M]:
    """Return what the reader may see; a command is given what has been released, by the worker's own policy."""
    return wall.visible(model, viewer) if viewer else model._default_manager.all()


def _released(
    release: Release | None, faculty: int | None, viewer: User | None
) -> dict[tuple[str, int | None], ReleasedFigure]:
    """Return the figures of one release that a report may hold: its own scope and the university."""
    if release is None:
        return {}
    rows = _seen(ReleasedFigure, viewer).filter(release=release)
    return {key: figure for key, figure in cells(rows).items() if key[1] in (faculty, None)}
