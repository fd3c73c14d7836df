"""The embedded servers: PostgreSQL and Valkey under `PORTAL_VAR`, for the demo and the tests.

The one module to swap when the portal should start its servers in another way. It is used before
Django's settings load, so it imports nothing of Django.

Who uses the servers holds a shared lock on `servers.users`; who leaves last stops them. A lock dies
with its process, so nobody has to count.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from portal.demo.servers import environment, postgres, valkey
from portal.demo.servers.state import Preparing, State, home_for

__all__ = ["Servers", "ensure", "environment", "leave", "recreate", "stop"]


class Servers:
    """Running servers of one `PORTAL_VAR`, and this process's claim on them."""

    def __init__(self, state: State, claim: IO[str], *, has_database: bool) -> None:
        """Keep the claim open: closing it gives it up."""
        self.state = state
        self.claim = claim
        self.has_database = has_database

    @property
    def superuser_url(self) -> str:
        """Address of the superuser, for preparing databases only."""
        return postgres.url(self.state, postgres.SUPERUSER, "postgres")

    def url(self, role: str, database: str = "portal") -> str:
        """Address of one of the portal's roles."""
        return postgres.url(self.state, role, database)


def _open(path: Path) -> IO[str]:
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "w")


@contextmanager
def _alone(var: Path) -> Iterator[None]:
    """Let one process at a time start or stop the servers."""
    with _open(var / "servers.lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def ensure(var: Path, *, fast: bool = False, preparing: Preparing | None = None) -> Servers:
    """Start what is down, and fill in the environment for what is not set.

    `fast` gives up durability for speed, for tests. `preparing` makes what a new server does first.
    """
    var.mkdir(parents=True, exist_ok=True)
    with _alone(var):
        state = home_for(var)
        state.preparing = preparing
        has_database = not os.environ.get("DATABASE_URL")
        if has_database:
            postgres.start(state, fast=fast)
        if not os.environ.get("REDIS_URL"):
            valkey.start(state)
        claim = _open(var / "servers.users")
        fcntl.flock(claim, fcntl.LOCK_SH)
    environment.export(state)
    return Servers(state, claim, has_database=has_database)


def recreate(servers: Servers) -> None:
    """Throw the embedded database away and make an empty one."""
    postgres.recreate(servers.state)


def leave(servers: Servers) -> bool:
    """Give up the claim; stop the servers when nobody else uses them. True when stopped."""
    with _alone(servers.state.var):
        try:
            fcntl.flock(servers.claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            for process in servers.state.started:
                process.returncode = 0  # it goes on without us
            return False
        finally:
            servers.claim.close()
        _stop(servers.state)
    return True


def stop(var: Path) -> None:
    """Stop the servers whoever uses them."""
    if var.exists():
        with _alone(var):
            _stop(home_for(var))


def _stop(state: State) -> None:
    valkey.stop(state)
    postgres.stop(state)
    for process in state.started:
        process.wait()
