"""How far the components of a trajectory are."""

from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from portal.people.models import User
from trajectories.enums import ActorKind, Progress
from trajectories.errors import Blocked, NoSuchMove, NotYours
from trajectories.models import ComponentState, Trajectory
from trajectories.queries.tailoring import TAILORED
from trajectories.services.moving import kind_of, lock, save
from trajectories.workflow.components import Component, component

States = Mapping[str, tuple[str, str]]
Options = Mapping[str, Collection[str]]


@transaction.atomic
def settle_components(
    *,
    actor: User,
    trajectory: Trajectory,
    states: States,
    options: Options | None = None,
    version: int | None = None,
) -> Trajectory:
    """Keep per component (key) how far it is and, when left out, why; an empty state takes the row away.

    Components that are not named stay as they were. Raises Blocked when a reason is missing.
    """
    case = lock_to_tailor(actor, trajectory, version)
    kept = {row.key: row for row in case.componentstates.select_for_update()}
    for key, (state, reason) in states.items():
        part = component(key, case.rules_version)
        if part is None or state not in ("", *Progress):
            raise NoSuchMove
        _settle(case, part, kept.get(key), state, reason.strip(), (options or {}).get(key, ()))
    save(case)
    return case


def lock_to_tailor(actor: User, trajectory: Trajectory, version: int | None = None) -> Trajectory:
    """Return the locked case when this is its advisor and its programme may still change."""
    case = lock(actor, trajectory, version)
    if kind_of(actor, case) != ActorKind.ADVISOR:
        raise NotYours
    if case.status not in TAILORED:
        raise NoSuchMove
    return case


def _settle(
    case: Trajectory,
    part: Component,
    row: ComponentState | None,
    state: str,
    reason: str,
    options: Collection[str],
) -> None:
    known = [option.key for option in part.options if option.key in options]
    if state == Progress.SKIPPED and not reason:
        raise Blocked(_("Say why “%(component)s” is left out.") % {"component": part.label})
    if not state and not known:
        if row is not None:
            row.delete()
        return
    wanted = (state or Progress.TODO, reason if state == Progress.SKIPPED else "", known)
    if row is None or (row.handling, row.reason, row.options) != wanted:
        row = row or ComponentState(trajectory=case, key=part.key)
        row.handling, row.reason, row.options = wanted
        row.save()
