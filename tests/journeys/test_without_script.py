"""The main things with JavaScript off: nothing but links and forms. The survey so: in the main line."""

from tests.journeys.conftest import SignIn
from tests.journeys.enrolling import enrol_and_cancel, find
from tests.journeys.mainline import withdraw_what_runs
from tests.journeys.running import Portal
from tests.journeys.test_mainline import to_a_trajectory, to_an_agreement

OFF = {"java_script_enabled": False}


def test_finding_and_enrolling(portal: Portal, sign_in: SignIn) -> None:
    """Sign in, search, take a place and give it back."""
    me = sign_in("hr.science", **OFF)
    find(me, "nl", "loopbaangesprek")
    enrol_and_cancel(me, "nl", portal.var, "hr.science")


def test_from_request_to_signatures(sign_in: SignIn) -> None:
    """Ask for advice, assign, hold the intake, write the agreement, sign it on both sides, and stop."""
    me, advisor, coordinator = (sign_in(name, **OFF) for name in ("hr.science", "advisor", "coordinator"))
    case = to_a_trajectory(me, coordinator, "nl")
    to_an_agreement(me, advisor, "nl", case)
    withdraw_what_runs(me, "nl")
