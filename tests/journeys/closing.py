"""The ends of a trajectory in the browser: stopping early, looking back, opening again."""

from typing import Any

from tests.browser import Visitor
from tests.journeys.mainline import address, check_all, fill, go, press, submit, unfold


def stop_early(me: Visitor, language: str, case: str, reason: str) -> None:
    """Stop from the page of the trajectory, with a reason."""
    go(me, "trajectories:page", language, case)
    form = me.page.locator("main form:has(input[name=to][value=stopped_early])")
    unfold(form.first)
    form.first.locator("textarea").fill(reason)
    press(me, form.first.locator("button[type=submit]"))


def open_again(me: Visitor, language: str, case: str, reason: str) -> None:
    """Open a closed trajectory again."""
    go(me, "trajectories:page", language, case)
    form = me.page.locator("main form:has(input[name=to][value=in_progress])")
    unfold(form.first)
    form.first.locator("textarea").fill(reason)
    press(me, form.first.locator("button[type=submit]"))


def leave_address(me: Visitor, language: str, case: str, email: str) -> None:
    """Leave an address for later."""
    go(me, "trajectories:address", language, case)
    submit(me, email=email, agrees=True)


def give_view(me: Visitor, language: str, case: str, value: str, **more: Any) -> None:
    """Say what one thinks of every result."""
    go(me, "trajectories:closing", language, case)
    check_all(me, value)
    for name, given in more.items():
        fill(me.page.locator("main form.recordform"), name, given)
    press(me, me.page.locator("main form.recordform button[type=submit]"))
    me.audit()


def discuss(me: Visitor, language: str, case: str, **answers: Any) -> None:
    """Write down what was discussed."""
    go(me, "trajectories:discuss", language, case)
    submit(me, **answers)
    me.audit()


def desk(advisor: Visitor, language: str) -> None:
    """Look at the desk, sorted by name, by keyboard from the skip link on."""
    advisor.open(address("trajectories:desk", language))
    advisor.audit()
    advisor.open(address("trajectories:desk", language) + "?sort=name&only=mine")
    advisor.audit()
