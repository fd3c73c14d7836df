"""The self-test as data: eight factors (from the catalogue) with statements, a scale, bands and texts."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.services.content import read
from trajectories.enums.words import Text, content, text

Words = str | Promise


class Moment(StrEnum):
    """When a test was taken, seen from the trajectory."""

    START = "start"
    BETWEEN = "between"
    END = "end"
    APART = "apart"

    @property
    def label(self) -> Words:
        """What people call it."""
        return MOMENTS[self]


MOMENTS: dict[Moment, Words] = {
    Moment.START: _("Start of the trajectory"),
    Moment.BETWEEN: _("During the trajectory"),
    Moment.END: _("End of the trajectory"),
    Moment.APART: _("Apart from a trajectory"),
}


@dataclass(frozen=True)
class Statement:
    """One sentence to answer on the scale; agreeing with a reversed one lowers the score."""

    key: str
    text: Text
    is_reversed: bool


@dataclass(frozen=True)
class Factor:
    """One career factor with its statements and what is said of a low, middle or high score."""

    key: str
    name: Text
    explanation: Text
    statements: tuple[Statement, ...]
    feedback: Mapping[str, Text]


@dataclass(frozen=True)
class Band:
    """A stretch of the scale that begins at a mean and ends where the next one begins."""

    key: str
    begins: float
    label: Text


@dataclass(frozen=True)
class Instrument:
    """The whole test."""

    factors: tuple[Factor, ...]
    bands: tuple[Band, ...]
    answers: tuple[tuple[int, Text], ...]
    lowest: int
    highest: int
    fewest_answers: int
    texts: Mapping[str, Text]

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Every statement, in order."""
        return tuple(statement for factor in self.factors for statement in factor.statements)


@cache
def instrument() -> Instrument:
    """Read the test once."""
    raw, names = content("self_test"), read("career_factors")["factors"]
    scoring, rest = raw["scoring"], {row["key"]: row for row in raw["factors"]}
    ordered = sorted(names, key=lambda row: row["number"])
    return Instrument(
        factors=tuple(_factor(row["key"], text(row["label"]), rest[row["key"]]) for row in ordered),
        bands=tuple(Band(row["key"], row["from"], text(row["label"])) for row in scoring["bands"]),
        answers=tuple((row["value"], text(row["label"])) for row in scoring["answers"]),
        lowest=scoring["lowest"],
        highest=scoring["highest"],
        fewest_answers=scoring["fewest_answers"],
        texts={key: text(pair) for key, pair in raw["texts"].items()},
    )


def _factor(key: str, name: Text, raw: Mapping[str, Any]) -> Factor:
    return Factor(
        key=key,
        name=name,
        explanation=text(raw["explanation"]),
        statements=tuple(
            Statement(row["key"], text(row["text"]), row.get("is_reversed", False))
            for row in raw["statements"]
        ),
        feedback={band: text(pair) for band, pair in raw["feedback"].items()},
    )
