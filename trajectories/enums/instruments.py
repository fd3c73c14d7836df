"""The instruments of `content/instruments.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from trajectories.enums.words import Text, content, text


@dataclass(frozen=True)
class Instrument:
    """One instrument: what it is and asks, who may give it, where it is found, and what happens with the data."""

    key: str
    kind: Text
    label: Text
    help: Text
    task: Text
    needs_qualification: bool
    is_validated: bool
    supplier: Text
    data: Text
    place: str = ""
    search: str = ""


def _instrument(raw: Mapping[str, Any]) -> Instrument:
    book = content("instruments")
    return Instrument(
        key=raw["key"],
        kind=text(book["kinds"][raw["kind"]]),
        label=text(raw["label"]),
        help=text(raw["help"]),
        task=text(raw["task"]),
        needs_qualification=raw.get("needs") == "test_qualification",
        is_validated=raw["validated"],
        supplier=text(book["suppliers"][raw["supplier"]]),
        data=text(book["data"][raw["data"]]),
        place=raw.get("place", ""),
        search=raw.get("search", ""),
    )


@cache
def instruments() -> dict[str, Instrument]:
    """Return the instruments by key, in their own order."""
    return {raw["key"]: _instrument(raw) for raw in content("instruments")["instruments"]}
