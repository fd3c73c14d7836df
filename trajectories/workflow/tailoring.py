"""The tailoring rules as data: from what is known of a case to suggested components and instruments.

A pure function: the same profile gives the same suggestions in the same order. The advisor decides.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from trajectories.enums import ToolKind
from trajectories.enums.words import Text, text
from trajectories.workflow import CURRENT_RULES, table_of

NONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Profile:
    """What the rules look at; the names are those of the conditions in the content."""

    question_types: frozenset[str] = NONE
    fields: frozenset[str] = NONE
    career_phases: frozenset[str] = NONE
    participant_phases: frozenset[str] = NONE
    motives: frozenset[str] = NONE
    weak_career_factors: frozenset[str] = NONE


DIMENSIONS = tuple(field.name for field in fields(Profile))


@dataclass(frozen=True)
class Rule:
    """One row of the table: when it holds, what it suggests and why."""

    key: str
    when: Mapping[str, frozenset[str]]
    components: tuple[str, ...]
    instruments: tuple[str, ...]
    reason: Text

    def holds(self, profile: Profile) -> bool:
        """Tell whether every condition shares a value with the profile; no condition holds for everybody."""
        return all(values & getattr(profile, name) for name, values in self.when.items())

    def tools(self) -> Iterator[tuple[ToolKind, str]]:
        """Yield what the rule suggests, components first."""
        yield from ((ToolKind.COMPONENT, key) for key in self.components)
        yield from ((ToolKind.INSTRUMENT, key) for key in self.instruments)


@dataclass(frozen=True)
class Suggestion:
    """A component or an instrument, with the rules that name it."""

    kind: ToolKind
    key: str
    rules: tuple[Rule, ...]

    @property
    def reasons(self) -> tuple[Text, ...]:
        """Why it is suggested, in the order of the table."""
        return tuple(rule.reason for rule in self.rules)


def _rule(raw: Mapping[str, Any]) -> Rule:
    return Rule(
        key=raw["key"],
        when={name: frozenset(values) for name, values in raw["when"].items()},
        components=tuple(raw["components"]),
        instruments=tuple(raw["instruments"]),
        reason=text(raw["reason"]),
    )


@cache
def tailoring_rules(version: int = CURRENT_RULES) -> tuple[Rule, ...]:
    """Return the table of one version of the rules."""
    return tuple(_rule(raw) for raw in table_of(version)["tailoring_rules"]["rules"])


def suggest(profile: Profile, version: int = CURRENT_RULES) -> tuple[Suggestion, ...]:
    """Return what the rules suggest: most often named first, then in the order of the table."""
    named: dict[tuple[ToolKind, str], list[Rule]] = {}
    for rule in tailoring_rules(version):
        if rule.holds(profile):
            for tool in rule.tools():
                named.setdefault(tool, []).append(rule)
    found = [Suggestion(kind, key, tuple(rules)) for (kind, key), rules in named.items()]
    return tuple(sorted(found, key=lambda s: (s.kind != ToolKind.COMPONENT, -len(s.rules))))
