"""What planning the intake, planning and moving a conversation share: the choice of a moment."""

from typing import Any

from portal import clock
from trajectories.enums import ActorKind
from trajectories.forms import AppointmentForm
from trajectories.queries import planning
from trajectories.views.base import DossierRequest

ADVISOR = ActorKind.ADVISOR


def choice(request: DossierRequest, **besides: Any) -> dict[str, Any]:
    """Return the times that suit both, and whether another moment may be typed."""
    return {"agenda": planning.agenda(request.case, **besides), "may_type": request.kind == ADVISOR}


def is_warned(request: DossierRequest, form: AppointmentForm, **besides: Any) -> bool:
    """Tell the advisor what speaks against a moment; a participant has the free times only.

    What is certainly wrong (past, backwards, an older page) is left to the service.
    """
    span = form.span
    if request.kind != ADVISOR or span.ends_at <= span.starts_at or span.starts_at < clock.now():
        return False
    if form.seen not in (None, request.case.version):
        return False
    near = planning.agenda(request.case, around=span.starts_at, **besides)
    return form.warn(near.against(span))
