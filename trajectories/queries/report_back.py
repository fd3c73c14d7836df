"""Report-backs: to whom one may go, what is being written, and what was released."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from portal.people.enums import Role
from portal.people.models import RoleGrant, User
from portal.people.queries import in_force, managers
from portal.privacy import wall
from portal.privacy.lookup import get_visible
from portal.privacy.models import DossierRead
from trajectories.enums import Recipient
from trajectories.models import PayerView, ReportBack, ReportDraft, Trajectory


@dataclass(frozen=True)
class Candidate:
    """Somebody to whom the participant may release a text, and as whom."""

    user: User
    role: Recipient


def candidates(case: Trajectory) -> list[Candidate]:
    """Return who may get a report-back: managers, who pays, and HR of the faculty; never the two of the case."""
    rows = [Candidate(user, Recipient.MANAGER) for user in managers(case.participant).filter(is_active=True)]
    views = PayerView.objects.filter(trajectory=case, shown_at__isnull=False, taken_back_at__isnull=True)
    rows += [Candidate(view.payer, Recipient.PAYER) for view in views.select_related("payer")]
    scope = Q(faculty=case.faculty_id) | Q(faculty__isnull=True)
    grants = RoleGrant.objects.filter(in_force(), scope, role=Role.HR).select_related("user")
    rows += [Candidate(grant.user, Recipient.HR) for grant in grants.order_by("user__surname", "pk")]
    seen = {case.participant_id, case.advisor_id}
    found = []
    for row in rows:
        if row.user.pk not in seen:
            seen.add(row.user.pk)
            found.append(row)
    return found


def draft(actor: User, case: Trajectory) -> ReportDraft | None:
    """Return the report-back in the making, as far as the actor may see it."""
    rows = wall.visible(ReportDraft, actor).filter(trajectory=case)
    return rows.select_related("recipient", "trajectory").first()


def released(actor: User, case: Trajectory) -> QuerySet[ReportBack]:
    """Return the texts that were released from this case, the newest first."""
    rows = wall.visible(ReportBack, actor).filter(trajectory=case)
    return rows.select_related("recipient", "participant")


def received(actor: User) -> QuerySet[ReportBack]:
    """Return the texts that were released to somebody."""
    rows = wall.visible(ReportBack, actor).filter(recipient=actor)
    return rows.select_related("participant").defer("text")


def report_back(actor: User, reference: str) -> ReportBack:
    """Return one released text to those who may read it, or raise Http404."""
    return get_visible(ReportBack.objects.select_related("participant", "recipient"), actor, reference)


def opened(participant: User, rows: list[ReportBack]) -> dict[str, list[DossierRead]]:
    """Return by reference when each recipient opened the text, newest first; for the participant."""
    references = [row.reference for row in rows]
    reads = wall.visible(DossierRead, participant).filter(dossier__in=references).select_related("reader")
    found: dict[str, list[DossierRead]] = {reference: [] for reference in references}
    for read in reads.order_by("-read_at"):
        found[read.dossier].append(read)
    return found
