"""Keeping what is being typed: a request that was not sent, and the advisor's pages of the preparation."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from portal import clock
from portal.interface.moments import hours
from portal.people.models import User
from trajectories.enums import ActorKind, Status, TypedPage
from trajectories.errors import Blocked, NoSuchMove, NotYours, OtherDevice, Stale
from trajectories.models import PageDraft, RequestDraft, Trajectory
from trajectories.models.preparation import Draft
from trajectories.queries.cases import RUNNING
from trajectories.services.moving import kind_of, lock

D = TypeVar("D", bound=Draft)
# A draft may be longer than what is sent in the end: it is still to be cut.
LONGEST_DRAFT = 200_000
WRITTEN_IN: dict[str, tuple[Status, ...]] = {
    TypedPage.INTAKE: (Status.INTAKE_PLANNED,),
    TypedPage.CLIENT: (Status.INTAKE_DONE, Status.CLIENT_ALIGNMENT),
    TypedPage.AGREEMENT: (Status.INTAKE_DONE, Status.CLIENT_ALIGNMENT),
}


@transaction.atomic
def save_draft(
    *, actor: User, body: Mapping[str, Any], device: str = "", seen: int | None = None
) -> RequestDraft:
    """Keep what was typed of a request so far; only its writer ever sees it.

    With `seen`, a draft that another page has changed since is left as it is: raises OtherDevice.
    """
    if Trajectory.objects.filter(participant=actor, status__in=RUNNING).exists():
        raise Blocked(_("You already have a trajectory that runs."))
    row = RequestDraft.objects.select_for_update().filter(user=actor).first()
    return _put(row or RequestDraft(user=actor), body, device, seen)


@transaction.atomic
def keep_typed(
    *,
    actor: User,
    trajectory: Trajectory,
    page: str,
    body: Mapping[str, Any],
    version: int,
    device: str = "",
    seen: int = 0,
) -> PageDraft:
    """Keep what the advisor is typing on a page of the preparation; nobody else ever reads it.

    Raises Stale when the case has changed since the page was opened, OtherDevice when another page typed meanwhile.
    """
    case = lock(actor, trajectory)
    if kind_of(actor, case) != ActorKind.ADVISOR:
        raise NotYours
    if case.status not in WRITTEN_IN[page]:
        raise NoSuchMove
    if version != case.version:
        raise Stale
    row = case.pagedrafts.select_for_update().filter(author=actor, page=page).first()
    return _put(row or PageDraft(trajectory=case, author=actor, page=page), body, device, seen)


def forget_typed(case: Trajectory, page: str) -> None:
    """Forget the viewer's own draft of a page, because what it held has just been kept."""
    case.pagedrafts.filter(page=page).delete()


def _put(row: D, body: Mapping[str, Any], device: str, seen: int | None) -> D:
    if sum(len(str(value)) for value in body.values()) > LONGEST_DRAFT:
        raise Blocked(_("This is too long to be kept while you type. Keep it in parts."))
    if row.pk and seen is not None and row.device != device and row.version != seen:
        raise OtherDevice(hours(row.saved_at))
    row.body, row.device, row.saved_at, row.version = dict(body), device, clock.now(), row.version + 1
    row.save()
    return row
