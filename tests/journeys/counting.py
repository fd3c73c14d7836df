"""Counts what a job costs: each click and each field that is typed in, from the home page on."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator

from tests.browser import NARROW, WIDE, Visitor
from tests.journeys.mainline import address, links, unfold

NOBODY = "z" * 12  # stands for a reference that the walk does not know
# A folder for pictures of every page, wide and narrow; none are made without it.
SHOTS = os.environ.get("JOURNEY_SHOTS", "")


@dataclass
class Cost:
    """What one job took one person."""

    clicks: int = 0
    fields: int = 0


@dataclass
class Ledger:
    """The cost of each job, by walk."""

    rows: dict[tuple[str, str], Cost] = field(default_factory=dict)
    audited: set[tuple[str, str, str]] = field(default_factory=set)

    def table(self) -> str:
        """Return all jobs of all walks with their clicks and typed fields."""
        lines = [f"{'walk':<14}{'job':<44}{'clicks':>7}{'fields':>8}"]
        lines += [
            f"{walk:<14}{job:<44}{cost.clicks:>7}{cost.fields:>8}" for (walk, job), cost in self.rows.items()
        ]
        return "\n".join(lines)


class Walker:
    """Somebody who finds the way by clicking, from the home page, while it is counted."""

    def __init__(self, visitor: Visitor, who: str, walk: str, language: str, ledger: Ledger) -> None:
        self.visitor, self.who, self.language = visitor, who, language
        self.walk, self.ledger, self.page = walk, ledger, visitor.page
        self.cost = Cost()
        self._shots = 0

    @contextmanager
    def job(self, name: str) -> Iterator[None]:
        """Start at the home page and count until the job is done; done twice, the last time counts."""
        self.cost = self.ledger.rows[(self.walk, f"{self.who}: {name}")] = Cost()
        self.visitor.open(address("home", self.language))
        self.look("home")
        yield
        self.look(name)

    def follow(self, name: str, **arguments: object) -> None:
        """Click the first visible link to a page of the portal."""
        self.press(f"a[href='{address(name, self.language, **arguments)}']")
        self.look(name.partition(":")[2])

    def follow_one(self, name: str, unknown: str, **arguments: object) -> None:
        """Click the first link to a page of that name, whatever the reference in its address is."""
        start, end = address(name, self.language, **{unknown: NOBODY}, **arguments).split(NOBODY)
        there = re.compile(f"{re.escape(start)}[^/]{{{len(NOBODY)}}}{re.escape(end)}")
        self.press(f"main a[href='{next(link for link in links(self.visitor) if there.fullmatch(link))}']")
        self.look(name.partition(":")[2])

    def unfold(self, selector: str) -> None:
        """Open what is folded around something; each fold costs a click."""
        inner = self.page.locator(selector).first
        self.cost.clicks += inner.locator("xpath=ancestor::details[not(@open)]").count()
        unfold(inner)

    def press(self, selector: str) -> None:
        """Click something that leads to another page; what is folded around it costs a click as well."""
        everywhere = self.page.locator(selector)
        seen = everywhere.locator("visible=true")
        target = seen.first if seen.count() else everywhere.first
        folded = target.locator("xpath=ancestor::details[not(@open)]").count()
        unfold(target)
        self.cost.clicks += 1 + folded
        with self.page.expect_navigation():
            target.click()

    def fill(self, **values: object) -> None:
        """Type in fields, by name."""
        for name, value in values.items():
            self.cost.fields += 1
            self._field(name).fill(str(value))

    def choose(self, **values: str) -> None:
        """Choose an option of a radio group, a checkbox or a list."""
        for name, value in values.items():
            self.cost.clicks += 1
            found = self._field(name)
            if found.evaluate("e => e.tagName") == "SELECT":
                found.select_option(value)
            else:
                self.page.locator(f"main [name='{name}'][value='{value}']").first.check()

    def tick(self, name: str) -> None:
        """Tick a box."""
        self.cost.clicks += 1
        self._field(name).check()

    def submit(self, button: str = "") -> None:
        """Press the button of the main form."""
        self.press(f"main form.recordform {button or 'button[type=submit]'}")

    def look(self, name: str) -> None:
        """Audit the page, and keep pictures of it where asked."""
        seen = (self.language, self.who, name)
        if seen not in self.ledger.audited:
            self.ledger.audited.add(seen)
            self.visitor.audit()
        if SHOTS:
            self._picture(name)
        self.page.set_viewport_size({"width": WIDE, "height": 900})

    def _picture(self, name: str) -> None:
        self._shots += 1
        for width in (WIDE, NARROW):
            self.page.set_viewport_size({"width": width, "height": 900})
            file = f"{self.walk}-{self.who}-{self._shots:02}-{name}-{width}.png".replace(" ", "_")
            # Hiding the caret would leave empty style attributes behind, which the page's policy then refuses.
            self.page.screenshot(path=Path(SHOTS) / file, full_page=True, caret="initial")

    def _field(self, name: str) -> Locator:
        return self.page.locator(f"main [name='{name}']").first
