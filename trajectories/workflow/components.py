"""The components of a trajectory as data: which are always there, which are chosen, and what is still open."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from trajectories.enums import ComponentClass, Progress
from trajectories.enums.words import Text, text
from trajectories.workflow import CURRENT_RULES, table_of

SETTLED = frozenset({Progress.DONE, Progress.SKIPPED})


@dataclass(frozen=True)
class Option:
    """One part of a component, and the words that find it in the offerings."""

    key: str
    label: Text
    search: str


@dataclass(frozen=True)
class Component:
    """One part of a trajectory; those of one `group` (the direction) are a choice of at least one."""

    key: str
    kind: ComponentClass
    group: str
    label: Text
    help: Text
    options: tuple[Option, ...]

    @property
    def is_standard(self) -> bool:
        """Tell whether every trajectory has it."""
        return self.kind == ComponentClass.STANDARD

    @property
    def is_offered(self) -> bool:
        """Tell whether the offerings hold something for it."""
        return any(option.search for option in self.options)


def _component(raw: Mapping[str, Any]) -> Component:
    options = (Option(o["key"], text(o["label"]), o.get("search", "")) for o in raw.get("options", ()))
    return Component(
        key=raw["key"],
        kind=ComponentClass(raw["class"]),
        group=raw.get("choice_group", ""),
        label=text(raw["label"]),
        help=text(raw["description"]),
        options=tuple(options),
    )


@cache
def components(version: int = CURRENT_RULES) -> tuple[Component, ...]:
    """Return the components of one version of the rules, in their own order."""
    return tuple(_component(raw) for raw in table_of(version)["components"]["items"])


def component(key: str, version: int = CURRENT_RULES) -> Component | None:
    """Return one component, if this version has it."""
    return next((found for found in components(version) if found.key == key), None)


def groups(version: int = CURRENT_RULES) -> dict[str, tuple[Component, ...]]:
    """Return the groups of which at least one is chosen."""
    names = dict.fromkeys(found.group for found in components(version) if found.group)
    return {name: tuple(c for c in components(version) if c.group == name) for name in names}


def open_standard(
    states: Mapping[str, str], seen: Collection[str] = (), version: int = CURRENT_RULES
) -> list[str]:
    """Return the standard components that are neither done (or seen in the dossier) nor left out."""
    standard = [found.key for found in components(version) if found.is_standard]
    return [key for key in standard if key not in seen and states.get(key) not in SETTLED]


def open_groups(states: Mapping[str, str], version: int = CURRENT_RULES) -> list[str]:
    """Return the groups of which nothing is done, unless every one of them was left out with a reason."""
    return [name for name, members in groups(version).items() if not _is_settled(members, states)]


def _is_settled(members: Collection[Component], states: Mapping[str, str]) -> bool:
    found = {states.get(member.key, "") for member in members}
    return Progress.DONE in found or found == {Progress.SKIPPED}
