"""Reads the content that the apps hold in files."""

from pathlib import Path
from typing import Any

import yaml

# The same safe loader, ten times as fast where libyaml is there.
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(path: Path) -> dict[str, Any]:
    """Return what a YAML file holds: a mapping."""
    with path.open(encoding="utf-8") as stream:
        loaded: dict[str, Any] = yaml.load(stream, Loader=Loader)  # noqa: S506  a safe loader either way
    return loaded
