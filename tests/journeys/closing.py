"""Looking back on a trajectory in the browser, and the desk."""

from typing import Any

from tests.browser import Visitor
from tests.journeys.mainline import address, check_all, fill, go, press


def give_view(me: Visitor, language: str, case: str, value: str, **more: Any) -> None:
    """Say what one thinks of every result."""
    go(me, "trajectories:closing", language, case)
    check_all(me, value)
    for name, given in more.items():
        fill(me.page.locator("main form.recordform"), name, given)
    press(me, me.page.locator("main form.recordform button[type=submit]"))
    me.audit()


def desk(advisor: Visitor, language: str) -> None:
    """Look at the desk, sorted by name, by keyboard from the skip link on."""
    advisor.open(address("trajectories:desk", language))
    advisor.audit()
    advisor.open(address("trajectories:desk", language) + "?sort=name&only=mine")
    advisor.audit()
