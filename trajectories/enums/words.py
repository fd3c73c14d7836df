"""Words from `content/`: bilingual texts that pick their language when they are shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from portal import files

CONTENT = Path(__file__).resolve().parent.parent / "content"


@dataclass(frozen=True)
class Text:
    """One text in both languages; `str()` gives the reader's."""

    nl: str
    en: str

    def __str__(self) -> str:
        return self.en if (get_language() or "nl").startswith("en") else self.nl


@dataclass(frozen=True)
class Item:
    """One entry of a content list: its key, its name and its explanation."""

    key: str
    label: Text
    help: Text
    required: bool = False
    when: str = "always"
    kind: str = ""


def text(raw: Mapping[str, str] | None) -> Text:
    """Make a bilingual text of `{nl: ..., en: ...}`."""
    return Text(raw["nl"], raw["en"]) if raw else Text("", "")


@cache
def content(name: str) -> dict[str, Any]:
    """Read `content/<name>.yaml` once."""
    return files.read(CONTENT / f"{name}.yaml")


def _item(raw: Mapping[str, Any]) -> Item:
    return Item(
        key=raw["key"],
        label=text(raw["label"]),
        help=text(raw.get("help") or raw.get("description")),
        required=bool(raw.get("required", False)),
        when=raw.get("applies_when", "always"),
        kind=raw.get("class") or raw.get("motive") or raw.get("field_type") or "",
    )


@cache
def items(name: str, *path: str) -> dict[str, Item]:
    """Return the list at `path` in `content/<name>.yaml` by key, in its own order."""
    node: Any = content(name)
    for step in path:
        node = node[step]
    return {raw["key"]: _item(raw) for raw in (node["items"] if isinstance(node, dict) else node)}


def choices(name: str, *path: str) -> list[tuple[str, Text]]:
    """Return the same list as choices for a form field."""
    return [(item.key, item.label) for item in items(name, *path).values()]
