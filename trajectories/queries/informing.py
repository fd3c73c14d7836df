"""Who gets to know what: said before anything is entered (decisions 1, 11 and 26)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trajectories.enums import Route
from trajectories.enums.words import content, items

Words = str | Promise
VOLUNTARY = "voluntary_policy"
BY_ROUTE: dict[str, Words] = {
    Route.SELF: _("Nobody is told. You decide yourself whether your manager knows."),
    Route.MANAGER: _("Your manager hears whether you take part, when it starts and when it ends."),
    Route.HR: _("HR hears whether you take part, when it starts and when it ends."),
    Route.OTHER: _("Whoever sent you hears nothing from us."),
}
UNDER_LAW = _("Required. HR registers it, and tells your manager that there is a trajectory.")
BY_FRAME: dict[str, Words] = {
    "other_required": _("Required. Whoever asked you to come learns only that it starts and ends."),
    VOLUNTARY: _("Your own choice. Nobody is told because of this."),
    "collective_agreement_right": _("Your own right. Nobody is told because of this."),
}
NEVER = _("What you say and write stays between you and your advisor, unless you release it yourself.")
DECLINED_ALL = _("If you decline, the coordinator of the career service and HR see “declined”. Nothing else.")
DECLINED_SERVICE = _("If you decline, the coordinator of the career service sees “declined”. HR is not told.")
DECLINED_MANAGER = _("If you decline, your manager sees “declined”. Nothing else, and not why.")
DECLINED_HR = _("If you decline, HR sees “declined”. Nothing else, and not why.")


def is_required(frame: str) -> bool:
    """Tell whether this frame leaves the employee no choice."""
    found = items("intake", "frameworks").get(frame)
    return found is not None and found.kind == "required"


def frames_under_law() -> frozenset[str]:
    """Return the frames under which HR is told of an answer (`information_rules`)."""
    rules = content("intake")["information_rules"]["items"]
    return frozenset(
        key for rule in rules if rule["when"].get("route") == Route.HR for key in rule["when"]["frameworks"]
    )


def by_route(route: str) -> Words:
    """Return who is told what of somebody who comes this way."""
    return BY_ROUTE[Route(route)]


def of_frame(frame: str) -> Words:
    """Return who is told what under this frame."""
    return UNDER_LAW if frame in frames_under_law() else BY_FRAME.get(frame, "")


def of_trajectory(route: str, frame: str) -> list[Words]:
    """Return who is told what of a trajectory that came this way."""
    told = [BY_ROUTE[Route(route)]] if tells_referrer(frame) else []
    if is_required(frame):
        told.append(of_frame(frame))
    return [*told, NEVER]


def of_declining(route: str, frame: str) -> Words:
    """Return who is told that an invitation was declined."""
    if frame in frames_under_law():
        return DECLINED_ALL
    if is_required(frame):
        return DECLINED_SERVICE
    return DECLINED_MANAGER if route == Route.MANAGER else DECLINED_HR


def tells_referrer(frame: str) -> bool:
    """Tell whether the one who invited learns the answer; hearing of a yes only would tell the no as well."""
    return not is_required(frame) or frame in frames_under_law()
