"""Reports as PDF, made by a job and kept: released figures do not change any more."""

from django.db import transaction

from evaluations.enums import ReleaseState
from evaluations.models import Indicator, Release, ReleasedFigure, Report
from evaluations.queries.released import cells, previous_release
from evaluations.reports.paper import paper
from portal import clock
from portal.delivery import jobs
from portal.people.models import User


def ask(*, actor: User | None, report: Report) -> jobs.Job:
    """Ask a job to make the report; a report that is there is not made again."""
    return jobs.enqueue("evaluations.report", report.reference, viewer=actor)


@transaction.atomic
def make(*, reference: str) -> None:
    """Make the PDF of one report. Runs in the worker only: it draws a chart."""
    report = Report.objects.select_for_update(of=("self",)).get(reference=reference)
    if report.is_ready or report.release.state != ReleaseState.RELEASED:
        return
    before = previous_release(report.release)
    report.content = paper(
        report,
        indicators=list(Indicator.objects.all()),
        cells=_released(report.release, report.faculty_id),
        before=_released(before, report.faculty_id),
    )
    report.made_at = clock.now()
    report.save(update_fields=["content", "made_at"])


def _released(release: Release | None, faculty: int | None) -> dict[tuple[str, int | None], ReleasedFigure]:
    """Return the figures of one release for a report: its own scope and the university."""
    if release is None:
        return {}
    rows = ReleasedFigure.objects.filter(release=release)
    return {key: figure for key, figure in cells(rows).items() if key[1] in (faculty, None)}
