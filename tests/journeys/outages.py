"""Taking parts of a running portal away for a while, and giving them back."""

import contextlib
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

from portal.demo.servers import postgres, valkey
from portal.demo.servers.state import State, home_for

PROC = Path("/proc")


def supervisor(var: Path) -> int:
    """Return the process that runs the portal on this place."""
    return int((var / "portal.lock").read_text())


def child(var: Path, words: str) -> int | None:
    """Return the supervisor's child whose command holds these words; None while there is none."""
    parent = supervisor(var)
    for number in (PROC / f"{parent}/task/{parent}/children").read_text().split():
        with contextlib.suppress(OSError):
            if words in (PROC / number / "cmdline").read_text().replace("\0", " "):
                return int(number)
    return None


def signal_child(var: Path, words: str, sign: signal.Signals) -> int:
    """Send a signal to a child and all of its own; return its number."""
    found = child(var, words)
    assert found is not None, f"no {words} runs"
    os.killpg(found, sign)
    return found


@contextlib.contextmanager
def held(var: Path, words: str) -> Iterator[None]:
    """Let a child stand still for a while."""
    signal_child(var, words, signal.SIGSTOP)
    try:
        yield
    finally:
        signal_child(var, words, signal.SIGCONT)


@contextlib.contextmanager
def _without(var: Path, stop: Callable[[State], None], start: Callable[[State], None]) -> Iterator[None]:
    state = home_for(var)
    stop(state)
    try:
        yield
    finally:
        start(state)
        for process in state.started:
            process.returncode = 0  # it goes on without us


@contextlib.contextmanager
def without_database(var: Path) -> Iterator[None]:
    """Stop PostgreSQL, ending its connections, and start it again on the same port."""
    with _without(var, postgres.stop, postgres.start):
        yield


@contextlib.contextmanager
def without_broker(var: Path) -> Iterator[None]:
    """Stop Valkey and start it again."""
    with _without(var, valkey.stop, valkey.start):
        yield


@contextlib.contextmanager
def without_mail(var: Path) -> Iterator[None]:
    """Let the folder of mails refuse every mail, whoever writes: a file stands in its place."""
    folder, away = var / "mail", var / "mail.away"
    folder.rename(away)
    folder.touch()
    try:
        yield
    finally:
        folder.unlink()
        away.rename(folder)
