"""Files that somebody asked for."""

from collections.abc import Iterable

from portal.delivery.models import Job
from portal.people.models import User
from portal.privacy import wall
from trajectories.models import Agreement, ReportBack, Trajectory

PAPER = "trajectories.paper"
REPORT = "trajectories.report_paper"
CLOSING = "trajectories.closing_paper"


def paper_job(actor: User, case: Trajectory) -> Job | None:
    """Return this reader's newest job for a paper of this case's agreements."""
    references = wall.visible(Agreement, actor).filter(trajectory=case).values_list("reference", flat=True)
    return _newest(actor, PAPER, references)


def report_job(actor: User, report: ReportBack) -> Job | None:
    """Return this reader's newest job for a report-back."""
    return _newest(actor, REPORT, [report.reference])


def closing_job(actor: User, case: Trajectory) -> Job | None:
    """Return this reader's newest job for the closing as it stands: in the round of now."""
    return _newest(actor, CLOSING, [f"{case.reference}.{case.round}"])


def _newest(actor: User, name: str, references: Iterable[str]) -> Job | None:
    wanted = [f"{reference} {language}" for reference in references for language in ("nl", "en")]
    return wall.visible(Job, actor).filter(viewer=actor, name=name, object_id__in=wanted).first()
