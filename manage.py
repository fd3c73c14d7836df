#!/usr/bin/env python
"""Django's commands. Starts the embedded servers when no database is named, and logs to stderr only."""

import os
import signal
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

WITHOUT_SERVERS = frozenset(
    {"", "help", "version", "--help", "--version", "compilemessages", "makemessages", "prepare_database"}
)
# A scan sees what the worker sees; everything else looks at the data as a page does, for a viewer.
AS_WORKER = frozenset({"send_due_evaluations"})


def main() -> None:
    """Run one command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    from django.core.management import execute_from_command_line

    if AS_WORKER & set(sys.argv[1:2]):
        os.environ.setdefault("PORTAL_DATABASE_ROLE", "jobs")
    with _servers(sys.argv[1] if len(sys.argv) > 1 else ""):
        execute_from_command_line(sys.argv)


@contextmanager
def _servers(command: str) -> "Iterator[None]":
    """Hold the embedded servers for as long as the command runs, unless both addresses are set."""
    if os.environ.get("PORTAL_MODE") == "production" or _addresses_are_set():
        yield
        return
    from portal.demo import messages, servers

    messages.compile_catalogues(Path(__file__).resolve().parent / "locale")
    var = Path(os.environ.get("PORTAL_VAR") or Path(__file__).resolve().parent / "var").resolve()
    if command in WITHOUT_SERVERS:
        servers.environment.without_servers(var)
        yield
        return
    signal.signal(signal.SIGTERM, _exit)  # otherwise the servers would be left behind
    held = servers.ensure(var)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        servers.leave(held)


def _addresses_are_set() -> bool:
    return bool(os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"))


def _exit(*_arguments: object) -> None:
    raise SystemExit(143)


if __name__ == "__main__":
    main()
