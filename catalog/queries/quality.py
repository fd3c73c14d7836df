"""Measures search against queries with expected items."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

FIRST, SEED = 5, 20261121


@dataclass(frozen=True)
class Judged:
    """One query with what was found and what was expected."""

    key: str
    q: str
    expected: list[str]
    found: list[str]

    @property
    def is_first(self) -> bool:
        """Whether the best answer comes first."""
        return bool(self.found) and self.found[0] == self.expected[0]

    @property
    def is_in_five(self) -> bool:
        """Whether any good answer is among the first five."""
        return bool(set(self.found[:FIRST]) & set(self.expected))


def halves(rows: list[dict[str, Any]], seed: int = SEED) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return a random half to tune on and the other half to judge on; the seed fixes the split."""
    mixed = sorted(rows, key=lambda row: row["key"])
    random.Random(seed).shuffle(mixed)  # noqa: S311  a fixed split, no secret
    return mixed[: len(mixed) // 2], mixed[len(mixed) // 2 :]


def judge(rows: list[dict[str, Any]], find: Callable[[str, str], list[str]]) -> list[Judged]:
    """Run every query; `find` gets the query and the language of the screen."""
    return [
        Judged(row["key"], row["q"], row["expected"], find(row["q"], row.get("ui_lang", row["lang"])))
        for row in rows
    ]


def rates(judged: list[Judged]) -> dict[str, float]:
    """Return the share of queries with the best answer first, and with a good one in the first five."""
    count = max(len(judged), 1)
    return {
        "queries": len(judged),
        "first": round(sum(row.is_first for row in judged) / count, 3),
        "first_five": round(sum(row.is_in_five for row in judged) / count, 3),
    }
