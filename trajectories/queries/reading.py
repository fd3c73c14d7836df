"""What the pages of a dossier show, each as its reader may see it."""

from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.people.models import User
from portal.privacy import wall
from portal.privacy.lookup import get_visible
from portal.privacy.readlog import openings_of
from trajectories.enums import Notebook
from trajectories.models import Agreement, Conversation, NotebookEntry, Plan, PlanStep, Proposal, Trajectory

WHAT: dict[str, str | Promise] = {
    "page": _("The page of your trajectory"),
    "request": _("Your request, to find an advisor"),
    "intake": _("The intake"),
    "agreement": _("The agreement"),
    "client": _("The points with the client"),
    "notebook": _("Your shared notebook"),
    "plan": _("Your plan"),
    "closing": _("The results"),
}
RELATIONS: dict[str, str | Promise] = {
    "advisor": pgettext_lazy("relation", "Your advisor"),
    "coordinator": pgettext_lazy("relation", "Coordinator"),
}


def openings(participant: User, case: Trajectory, limit: int = 10) -> list[dict[str, Any]]:
    """Return who opened the dossier, newest first, in plain words."""
    return [
        {
            "at": row.read_at,
            "who": row.reader,
            "as": RELATIONS.get(row.relation, row.relation),
            "what": WHAT.get(row.what, row.what),
        }
        for row in openings_of(participant, case.reference)[:limit]
    ]


def notes(actor: User, case: Trajectory, kind: str) -> QuerySet[NotebookEntry]:
    """Return the notes of one notebook that the actor may read, newest first."""
    return wall.visible(NotebookEntry, actor).filter(trajectory=case, kind=kind).select_related("author")


def latest_notes(actor: User, case: Trajectory) -> dict[str, NotebookEntry]:
    """Return the newest readable note of each notebook, in one query."""
    rows = wall.visible(NotebookEntry, actor).filter(trajectory=case).select_related("author")
    newest = rows.order_by("kind", "-written_at", "-pk").distinct("kind")
    return {row.kind: row for row in newest}


def notebooks_of(kind: str) -> tuple[str, ...]:
    """Return the notebooks that this side opens."""
    own = Notebook.OWN_ADVISOR if kind == "advisor" else Notebook.OWN_PARTICIPANT
    return (own, Notebook.SHARED)


def plans(actor: User, case: Trajectory) -> QuerySet[Plan]:
    """Return the plans that the actor may read, with their steps."""
    return wall.visible(Plan, actor).filter(trajectory=case).prefetch_related("steps")


def plan(actor: User, case: Trajectory, letter: str) -> Plan | None:
    """Return one plan, if it was written and the actor may read it."""
    return plans(actor, case).filter(letter=letter).first()


def step(actor: User, case: Trajectory, reference: str) -> PlanStep:
    """Return one step, or raise Http404."""
    rows = PlanStep.objects.select_related("plan__trajectory").filter(plan__trajectory=case)
    return get_visible(rows, actor, reference)


def talks(actor: User, case: Trajectory) -> QuerySet[Conversation]:
    """Return the conversations in order of time."""
    return wall.visible(Conversation, actor).filter(trajectory=case)


def talk(actor: User, case: Trajectory, reference: str) -> Conversation:
    """Return one conversation, or raise Http404."""
    return get_visible(
        Conversation.objects.select_related("trajectory").filter(trajectory=case), actor, reference
    )


def proposal(actor: User, case: Trajectory) -> Proposal | None:
    """Return the question that waits for the participant's answer."""
    rows = wall.visible(Proposal, actor).filter(trajectory=case, answered_at__isnull=True)
    return rows.select_related("trajectory", "proposed_by").first()


def versions(actor: User, case: Trajectory) -> QuerySet[Agreement]:
    """Return the versions of the agreement that were proposed, the newest first."""
    rows = wall.visible(Agreement, actor).filter(trajectory=case, proposed_at__isnull=False)
    return rows.prefetch_related("results", "signatures__user")
