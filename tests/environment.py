"""A pytest plugin, loaded before Django: the tests' own servers, beside any running portal.

`PORTAL_TEST_VAR` names a place that is kept and used again; without it, the place is temporary.
With `-n` (pytest-xdist) each worker has servers of its own, so that no test meets another's commits; the
first that needs a database migrates it, and the others take a copy from the folder they share.
"""

import fcntl
import os
import shutil
import sys
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from portal.demo import servers
from portal.demo.messages import compile_catalogues
from portal.demo.servers.state import home_for

STASH = pytest.StashKey["Place"]()
MARK = "for-tests-only"
JOURNEYS = "tests/journeys/"
KEPT = {"PORTAL_TEST_VAR", "PORTAL_TEST_SHARED", "PORTAL_CHROMIUM"}


class Place:
    """The running servers, where they keep their data, whether that stays, and what workers share."""

    def __init__(self, var: Path, *, stays: bool, shared: Path | None) -> None:
        """Refuse a place that holds a portal's data: tests empty every table."""
        self.var, self.stays, self.shared = var, stays, shared
        var.mkdir(parents=True, exist_ok=True)
        if (var / "servers.json").exists() and not (var / MARK).exists():
            raise pytest.UsageError(
                f"PORTAL_TEST_VAR={var} holds a portal's own data; choose another folder."
            )
        (var / MARK).touch()
        (var / "static").mkdir(exist_ok=True)  # whitenoise warns when there is none
        self.lock = (var / "tests.lock").open("w")
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.stderr.write(f"Other tests run in {var}; waiting for them.\n")
            fcntl.flock(self.lock, fcntl.LOCK_EX)
        self.servers = servers.ensure(var, fast=True)

    def leave(self) -> None:
        """Stop the servers and remove what was temporary."""
        for worker in self.var.glob("gw*"):  # it is killed when it takes long over leaving
            servers.stop(worker)
            self._clear(worker)
        servers.leave(self.servers)
        self.lock.close()
        self._clear(self.var)

    def _clear(self, var: Path) -> None:
        if not self.stays:
            shutil.rmtree(home_for(var).home, ignore_errors=True)
            shutil.rmtree(var, ignore_errors=True)


def _clear() -> None:
    """Take the environment of a running portal away: tests must not touch it."""
    for name in list(os.environ):
        if name in {"DATABASE_URL", "REDIS_URL", "PORT"} or (name.startswith("PORTAL_") and name not in KEPT):
            del os.environ[name]


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    """Start the servers before pytest-django reads the settings."""
    given = os.environ.get("PORTAL_TEST_VAR")
    _clear()
    os.environ["PORTAL_MODE"] = "test"
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if not worker:
        compile_catalogues(Path(__file__).resolve().parent.parent / "locale")
    shared = os.environ["PORTAL_TEST_SHARED"] if worker else given or tempfile.mkdtemp(prefix="portal-tests-")
    var = Path(shared, worker).resolve()
    os.environ["PORTAL_VAR"] = str(var)
    if not worker:
        os.environ["PORTAL_TEST_SHARED"] = str(var)  # the workers start with this environment
    early_config.stash[STASH] = Place(var, stays=bool(given), shared=var.parent if worker else None)
    try:
        return (yield)
    except BaseException:
        pytest_unconfigure(early_config)
        raise


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind."""
    place = config.stash.get(STASH, None)
    if place is not None:
        del config.stash[STASH]
        place.leave()


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Let one worker read the files first in a new clone: to compile them, assertions and all, costs 12 s for each."""
    shared = session.config.stash[STASH].shared
    if shared is None:
        return (yield)
    with (shared / "collecting.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = shared / "collected"
        if not done.exists():
            found = yield
            done.touch()
            return found
    return (yield)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the journeys first, which take longest, and then what needs no database while theirs is being made."""
    waiting = {_file(item.nodeid) for item in items if _needs_database(item)}
    items.sort(key=lambda item: (not item.nodeid.startswith(JOURNEYS), _file(item.nodeid) in waiting))


def _needs_database(item: pytest.Item) -> bool:
    marked = item.get_closest_marker("django_db") is not None
    return marked or "django_db_setup" in getattr(item, "fixturenames", ())


def _file(nodeid: str) -> str:
    return nodeid.partition("::")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """Deal out files, and all journeys to one worker."""
    return ByFile(config, log)


class ByFile(LoadScopeScheduling):  # type: ignore[misc]
    """Keeps the tests of a file in one worker, because they share what they stand on."""

    def _split_scope(self, nodeid: str) -> str:
        return JOURNEYS if nodeid.startswith(JOURNEYS) else _file(nodeid)
