"""Who looks at the data: a transaction-local setting that the row-level policies read.

Transaction-local, so it also holds behind a pooler that lends connections per transaction.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections, transaction

VIEWER = "portal.viewer"
TOKEN = "portal.token"  # noqa: S105  the name of a setting, not a secret
HISTORY = "pghistory.context_metadata"


def _read(using: str, names: tuple[str, ...]) -> list[str]:
    with connections[using].cursor() as cursor:
        cursor.execute("select " + ", ".join(["coalesce(current_setting(%s, true), '')"] * len(names)), names)
        return list(cursor.fetchone())


def _write(using: str, values: dict[str, str]) -> None:
    marks = ", ".join(["set_config(%s, %s, true)"] * len(values))
    flat = [part for pair in values.items() for part in pair]
    with connections[using].cursor() as cursor:
        cursor.execute("select " + marks, flat)


def viewer_settings(user: Any) -> dict[str, str]:
    """Return the settings that make this user the viewer; nobody for None and visitors."""
    key = getattr(user, "pk", None)
    return {VIEWER: str(key) if key else "", HISTORY: json.dumps({"viewer": key})}


def set_viewer(user: Any, *, using: str = "default") -> None:
    """Make this user the viewer for the rest of the transaction."""
    _write(using, viewer_settings(user))


@contextmanager
def _holding(values: dict[str, str], using: str) -> Iterator[None]:
    # After an error the rollback to the savepoint brings the earlier values back by itself.
    with transaction.atomic(using=using):
        before = dict(zip(values, _read(using, tuple(values)), strict=True))
        _write(using, values)
        yield
        if not connections[using].needs_rollback:  # marked by a server error: the rollback brings them back
            _write(using, before)


@contextmanager
def viewing(user: Any, *, using: str = "default") -> Iterator[None]:
    """Look at the data as this user (None: as nobody), in one transaction."""
    with _holding(viewer_settings(user), using):
        yield


@contextmanager
def token_holder(token_hash: str, *, using: str = "default") -> Iterator[None]:
    """Look at the data as the holder of a secret link; the policies compare its hash."""
    with _holding({TOKEN: token_hash}, using):
        yield


def current_viewer(*, using: str = "default") -> int | None:
    """Return the key of the present viewer."""
    value = _read(using, (VIEWER,))[0]
    return int(value) if value else None
