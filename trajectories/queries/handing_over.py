"""Which cases need another advisor, who could take them, and what the participant is asked."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet
from django.utils.functional import Promise

from advisors.enums import Gone
from advisors.models import Advisor
from advisors.queries import gone
from portal import clock
from portal.people.enums import Role
from portal.people.models import User
from portal.people.queries import has_role
from portal.privacy import wall
from trajectories.models import Handover, Trajectory
from trajectories.models.handover import ASKED, CAUSES
from trajectories.queries.candidates import Match, beside
from trajectories.queries.cases import RUNNING, in_service

LABELS: dict[str, str | Promise] = dict(CAUSES)


@dataclass(frozen=True)
class Alone:
    """A case whose advisor can't or shall not go on, and why."""

    case: Trajectory
    cause: str

    @property
    def why(self) -> str:
        """The sentence for the coordinator."""
        return str(LABELS[self.cause])


def alone(actor: User) -> list[Alone]:
    """Return the cases that need another advisor, who waits longest first; a fixed number of queries."""
    cases = list(in_service(actor))
    why = gone({case.advisor_id for case in cases if case.advisor_id}, clock.today())
    asked = set(_asked(actor).values_list("trajectory_id", flat=True))
    found = [(case, ASKED if case.pk in asked else why.get(case.advisor_id or 0)) for case in cases]
    return [Alone(case, cause) for case, cause in found if cause]


def cause_of(actor: User, case: Trajectory) -> str | None:
    """Return why this case needs another advisor; None when it does not."""
    if case.advisor_id is None or case.status not in RUNNING:
        return None
    if _asked(actor).filter(trajectory=case).exists():
        return ASKED
    found: Gone | None = gone([case.advisor_id], clock.today()).get(case.advisor_id)
    return found


def can_hold(advisor: User | None) -> bool:
    """Tell whether an advisor still has account and role: without them nobody holds a conversation."""
    return advisor is not None and advisor.is_active and has_role(advisor, Role.ADVISOR)


def _asked(actor: User) -> QuerySet[Handover]:
    return wall.visible(Handover, actor).filter(new__isnull=True)


def choices(case: Trajectory) -> list[Match]:
    """Return who could take this case over, the best fit first; no sentence tells what the question is.

    The question itself stays out of the coordinator's sight (decision 27): only the matching reads its type.
    """
    kinds, wants_external, _accepts = _wish(case)
    found = beside(case, kinds, wants_external=wants_external, names_question=False)
    return [match for match in found if match.advisor.user_id != case.advisor_id]


def accepts_same_faculty(case: Trajectory) -> bool:
    """Tell whether the participant said that an advisor of the own faculty is fine."""
    return _wish(case)[2]


def _wish(case: Trajectory) -> tuple[list[str], bool, bool]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select question_types, wants_external, accepts_same_faculty from trajectories_wish(%s)",
            [case.pk],
        )
        kinds, wants_external, accepts = cursor.fetchone() or ([], False, False)
    return list(kinds), bool(wants_external), bool(accepts)


def latest(actor: User, case: Trajectory) -> Handover | None:
    """Return the newest change of advisor of a case, asked for or done."""
    rows = wall.visible(Handover, actor).filter(trajectory=case)
    return rows.select_related("old", "new").first()


def advisors_named(references: Collection[str]) -> QuerySet[Advisor]:
    """Return the advisors with these references."""
    return Advisor.objects.filter(reference__in=references).select_related("user")
