"""What the pages of a dossier show, each as its reader may see it."""

from typing import Any

from django.db.models import Count, QuerySet, Window
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.people.models import User
from portal.privacy import wall
from portal.privacy.lookup import get_visible
from portal.privacy.readlog import openings_of
from trajectories.enums import TalkKind, TalkState
from trajectories.models import Agreement, Conversation, Proposal, Trajectory

WHAT: dict[str, str | Promise] = {
    "page": _("The page of your trajectory"),
    "request": _("Your request, to find an advisor"),
    "intake": _("The intake"),
    "agreement": _("The agreement"),
    "client": _("The points with the client"),
    "notebook": _("Your shared notebook"),
    "plan": _("Your plan"),
    "closing": _("The results"),
    "self_test": _("A self-test that you shared"),
    "instruments": _("Instruments and assignments"),
    "assignment": _("An assignment"),
    "workbook": _("What you share of your workbook"),
    "report": _("The report-back"),
}
RELATIONS: dict[str, str | Promise] = {
    "advisor": pgettext_lazy("relation", "Your advisor"),
    "coordinator": pgettext_lazy("relation", "Coordinator"),
    "manager": pgettext_lazy("relation", "Your manager"),
    "payer": pgettext_lazy("relation", "Who pays"),
    "hr": pgettext_lazy("relation", "HR"),
}


def openings(participant: User, case: Trajectory) -> list[dict[str, Any]]:
    """Return who opened which part of the dossier, when last and how often, in plain words; nobody is left out."""
    part = ("reader_id", "relation", "what")
    times = Window(Count("pk"), partition_by=part)
    found = openings_of(participant, case.reference).annotate(times=times)
    latest = found.order_by(*part, "-read_at").distinct(*part)
    return [
        {
            "at": row.read_at,
            "who": row.reader,
            "as": RELATIONS.get(row.relation, row.relation),
            "what": WHAT.get(row.what, row.what),
            "times": row.times,
        }
        for row in sorted(latest, key=lambda row: row.read_at, reverse=True)
    ]


def talks(actor: User, case: Trajectory) -> QuerySet[Conversation]:
    """Return the conversations in order of time."""
    return wall.visible(Conversation, actor).filter(trajectory=case)


def numbered(talks: list[Conversation]) -> list[tuple[int, Conversation]]:
    """Pair each conversation with its number; the intake and what did not take place have none."""
    found, number = [], 0
    for row in talks:
        counts = row.kind != TalkKind.INTAKE and row.state in (TalkState.PLANNED, TalkState.HELD)
        number += counts
        found.append((number if counts else 0, row))
    return found


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
