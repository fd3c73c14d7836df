"""The workbook: its chapters and prompts are content, what was written in them is the participant's."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from portal.people.models import User
from portal.privacy import wall
from trajectories.enums import Status
from trajectories.enums.words import Item, Text, content, text
from trajectories.models import Trajectory, WorkbookChapter

# Before the intake a request can still be taken back without leaving anything.
CLOSED = (Status.REQUESTED, Status.WITHDRAWN)


@dataclass(frozen=True)
class Chapter:
    """One chapter of the workbook: a question with its prompts."""

    key: str
    label: Text
    help: Text
    prompts: tuple[Item, ...]


def _chapter(raw: Mapping[str, Any]) -> Chapter:
    prompts = tuple(Item(p["key"], text(p["label"]), text(p.get("help"))) for p in raw["prompts"])
    return Chapter(raw["key"], text(raw["label"]), text(raw["help"]), prompts)


@cache
def chapters() -> dict[str, Chapter]:
    """Return the chapters by key, in their own order."""
    return {raw["key"]: _chapter(raw) for raw in content("workbook")["chapters"]}


def has_workbook(case: Trajectory) -> bool:
    """Tell whether the workbook is there: from the intake on."""
    return case.status not in CLOSED


def written(actor: User, case: Trajectory) -> dict[str, WorkbookChapter]:
    """Return the chapters that the actor may read, by key: all of one's own, else those shared now."""
    rows = wall.visible(WorkbookChapter, actor).filter(trajectory=case)
    return {row.key: row for row in rows}
