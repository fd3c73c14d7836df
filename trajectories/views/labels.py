"""Words of the buttons and pages of a trajectory."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trajectories.enums import ActorKind, Status
from trajectories.models import Trajectory
from trajectories.queries.standing import is_without_intake
from trajectories.queries.workbook import has_workbook
from trajectories.services.reporting_back import RUNS

Words = str | Promise

# Moves with a page of their own (plan the intake, sign, rate) get no plain button.
MOVE_LABELS: dict[tuple[str, str], Words] = {
    (Status.INTAKE_DONE, Status.CLIENT_ALIGNMENT): _("Start talking with the client"),
    (Status.AGREEMENT_PROPOSED, Status.INTAKE_DONE): _("Change the agreement first"),
    (Status.IN_PROGRESS, Status.ON_HOLD): _("Pause"),
    (Status.ON_HOLD, Status.IN_PROGRESS): _("Go on"),
    (Status.IN_PROGRESS, Status.CLOSING): _("Round off"),
    (Status.CLOSING, Status.IN_PROGRESS): _("Go on after all"),
    (Status.CLOSING, Status.STOPPED_EARLY): _("Stop now"),
    (Status.CLOSED, Status.IN_PROGRESS): _("Open again"),
    (Status.REQUESTED, Status.WITHDRAWN): _("Withdraw the request"),
    (Status.INTAKE_PLANNED, Status.WITHDRAWN): _("Withdraw the request"),
    (Status.INTAKE_DONE, Status.WITHDRAWN): _("Withdraw the request"),
    (Status.CLIENT_ALIGNMENT, Status.WITHDRAWN): _("Withdraw the request"),
    (Status.AGREEMENT_PROPOSED, Status.WITHDRAWN): _("Withdraw the request"),
    (Status.REQUESTED, Status.REFERRED_ELSEWHERE): _("Refer to somebody else"),
    (Status.INTAKE_DONE, Status.REFERRED_ELSEWHERE): _("Refer to somebody else"),
    (Status.CLIENT_ALIGNMENT, Status.REFERRED_ELSEWHERE): _("Refer to somebody else"),
    (Status.IN_PROGRESS, Status.REFERRED_ELSEWHERE): _("Refer to somebody else"),
    (Status.IN_PROGRESS, Status.STOPPED_EARLY): _("Stop early"),
    (Status.ON_HOLD, Status.STOPPED_EARLY): _("Stop early"),
}
AFTER_INTAKE = tuple(
    status for status in Status if status not in (Status.REQUESTED, Status.INTAKE_PLANNED, Status.WITHDRAWN)
)


def _writes_agreement(case: Trajectory, kind: ActorKind) -> bool:
    return kind == ActorKind.ADVISOR and case.status in (Status.INTAKE_DONE, Status.CLIENT_ALIGNMENT)


def _is_rated(case: Trajectory, _kind: ActorKind) -> bool:
    return case.status in (Status.CLOSING, Status.CLOSED, Status.COMPLETED)


def _leaves_address(case: Trajectory, kind: ActorKind) -> bool:
    # Of a closing the page of the results asks for it.
    talked = bool(getattr(case, "talks_held", 0))
    return kind == ActorKind.PARTICIPANT and case.status == Status.STOPPED_EARLY and talked


@dataclass(frozen=True)
class Page:
    """A page of the dossier, and when it is there."""

    url_name: str
    label: Words
    shows: Callable[[Trajectory, ActorKind], bool]


PAGES = (
    Page(
        "trajectories:plan_intake",
        _("Plan the intake"),
        lambda case, kind: (
            kind == ActorKind.ADVISOR and (case.status == Status.REQUESTED or is_without_intake(case))
        ),
    ),
    Page("trajectories:intake", _("Intake"), lambda case, _kind: case.intake_at is not None),
    Page(
        "trajectories:client",
        _("Points with the client"),
        lambda case, kind: (
            case.is_referred
            and kind == ActorKind.ADVISOR
            and case.status in (Status.INTAKE_DONE, Status.CLIENT_ALIGNMENT)
        ),
    ),
    Page("trajectories:agreement_edit", _("Write the agreement"), _writes_agreement),
    Page("trajectories:agreement", _("Agreement"), lambda case, _kind: case.status in AFTER_INTAKE),
    Page("trajectories:components", _("Components"), lambda case, _kind: case.status in AFTER_INTAKE),
    Page(
        "trajectories:instruments",
        _("Instruments and assignments"),
        lambda case, _kind: case.status in AFTER_INTAKE,
    ),
    Page("trajectories:workbook", _("Workbook"), lambda case, _kind: has_workbook(case)),
    Page("trajectories:closing", _("Results"), _is_rated),
    Page("trajectories:address", _("An address for later"), _leaves_address),
    Page("trajectories:report", _("Report-back"), lambda case, _kind: case.status in RUNS),
)
