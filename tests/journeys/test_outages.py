"""Parts that fail while the portal serves: acts succeed or say what is wrong, and nothing is lost."""

import json
import signal
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser import Visitor
from tests.journeys.conftest import SignIn
from tests.journeys.enrolling import cancel_all, enrol
from tests.journeys.mainline import address, mails, wait_for
from tests.journeys.outages import child, held, signal_child, without_broker, without_database, without_mail
from tests.journeys.running import Portal

OFFERING = "loopbaangesprek-van-een-uur"
WORKER, WEB, SCHEDULER = "--quiet worker", "gunicorn portal.wsgi", "--quiet beat"
LATER_SECONDS = 150
Enrolled = Callable[[], int]


@pytest.fixture
def me(sign_in: SignIn) -> Visitor:
    """Somebody without a place on the offering."""
    visitor = sign_in("editor")
    visitor.open(address("catalog:offering", "nl", slug=OFFERING))
    cancel_all(visitor, "nl")
    visitor.open(address("catalog:offering", "nl", slug=OFFERING))
    return visitor


@pytest.fixture
def confirmations(portal: Portal, me: Visitor) -> Enrolled:
    """Count the confirmations of an enrolment that left since the test began."""
    wait_for(lambda: not waiting(me))
    before = len(mails(portal.var, "editor@"))
    return lambda: len(mails(portal.var, "editor@")) - before


def waiting(visitor: Visitor) -> bool:
    """Tell whether mail waits to leave."""
    return bool(health(visitor)["outbox"].get("oldest_waiting_seconds"))


def health(visitor: Visitor) -> dict[str, Any]:
    """Return what /health/ says."""
    found: dict[str, Any] = json.loads(visitor.context.request.get(visitor.address + "/health/").text())
    return found


def is_well(visitor: Visitor) -> bool:
    """Tell whether every part works."""
    return bool(health(visitor)["status"] == "ok")


def left_once(confirmations: Enrolled) -> None:
    """The mail comes, and does not come again."""
    wait_for(lambda: confirmations() >= 1, LATER_SECONDS)
    time.sleep(5)
    assert confirmations() == 1


@pytest.mark.long
def test_worker_stands_still(portal: Portal, me: Visitor, confirmations: Enrolled) -> None:
    """Enrolling succeeds, the mail waits, and leaves when the worker goes on."""
    with held(portal.var, WORKER):
        enrol(me, "nl")
        time.sleep(4)
        assert confirmations() == 0
    left_once(confirmations)


@pytest.mark.long
def test_worker_is_killed(portal: Portal, me: Visitor, confirmations: Enrolled) -> None:
    """The supervisor starts another one, which does what waited."""
    first = signal_child(portal.var, WORKER, signal.SIGKILL)
    enrol(me, "nl")
    left_once(confirmations)
    assert child(portal.var, WORKER) not in (None, first)


@pytest.mark.long
@pytest.mark.parametrize("words", [WEB, SCHEDULER])
def test_another_child_is_killed(words: str, portal: Portal, me: Visitor, confirmations: Enrolled) -> None:
    """It is started again, and everything works as before."""
    first = signal_child(portal.var, words, signal.SIGKILL)
    wait_for(lambda: child(portal.var, words) not in (None, first))
    wait_for(lambda: answers(me))
    me.open(address("catalog:offering", "nl", slug=OFFERING))
    enrol(me, "nl")
    left_once(confirmations)
    wait_for(lambda: is_well(me))


def answers(visitor: Visitor) -> bool:
    """Tell whether pages come."""
    try:
        return visitor.context.request.get(visitor.address + "/nl/").status == 200
    except Exception:  # noqa: BLE001  whatever playwright makes of a refused connection
        return False


@pytest.mark.long
def test_mail_cannot_leave(portal: Portal, me: Visitor, confirmations: Enrolled) -> None:
    """The mail is tried again later, and leaves once."""
    with without_mail(portal.var):
        enrol(me, "nl")
        time.sleep(6)
    assert confirmations() == 0
    left_once(confirmations)


@pytest.mark.long
def test_database_restarts(portal: Portal, me: Visitor, confirmations: Enrolled) -> None:
    """Meanwhile a page in plain words; afterwards everybody is signed in still and nothing is lost."""
    enrol(me, "nl")
    here = me.page.url
    with without_database(portal.var):
        for path in ("/nl/", "/en/offerings/", "/nl/mijn/"):
            gap = me.context.request.get(me.address + path)
            assert (gap.status, "<h1" in gap.text()) == (503, True)
        assert set(health(me)["failing"]) >= {"database"}
    wait_for(lambda: is_well(me))
    left_once(confirmations)
    me.page.goto(here)
    me.audit()
    cancel_all(me, "nl")
    wait_for(lambda: confirmations() == 2, LATER_SECONDS)


@pytest.mark.long
def test_broker_restarts(portal: Portal, me: Visitor, confirmations: Enrolled) -> None:
    """Acts succeed without it; what waited leaves once it is back."""
    with without_broker(portal.var):
        assert set(health(me)["failing"]) >= {"broker"}
        enrol(me, "nl")
    left_once(confirmations)
    wait_for(lambda: is_well(me), LATER_SECONDS)
