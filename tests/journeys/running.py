"""A real portal for the journeys: the supervisor with its servers, web, worker and scheduler."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from portal.demo import servers
from tests import testdatabase

ROOT = Path(__file__).resolve().parents[2]
READY = "Portal ready at"
READY_SECONDS = 240


@dataclass(frozen=True, slots=True)
class Portal:
    """A running portal: where it answers, where it keeps its data, and its supervisor."""

    url: str
    var: Path
    process: subprocess.Popen[str]

    def environment(self) -> dict[str, str]:
        """Return the environment in which `manage.py` finds this portal."""
        return environment(self.var, int(self.url.rsplit(":", 1)[1]))

    def manage(self, *arguments: str, timeout: float = 120) -> subprocess.CompletedProcess[str]:
        """Run a management command beside the portal."""
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command,
            cwd=ROOT,
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )


def environment(var: Path, port: int) -> dict[str, str]:
    """Return an environment without traces of the tests' own servers."""
    keep = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PORTAL_", "DJANGO_", "PYTEST_"))
        and name not in {"DATABASE_URL", "REDIS_URL"}
    }
    return {**keep, "PORTAL_VAR": str(var), "PORT": str(port)}


def free_port() -> int:
    """Return a port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _start(var: Path, port: int) -> subprocess.Popen[str]:
    with (var / "portal.log").open("w") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "portal.demo.supervisor"],
            cwd=ROOT,
            env=environment(var, port),
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            start_new_session=True,
        )


def _wait(process: subprocess.Popen[str], var: Path) -> None:
    started = time.monotonic()
    assert process.stdout is not None
    for line in process.stdout:
        if READY in line:
            return
        if time.monotonic() - started > READY_SECONDS:
            break
    process.kill()
    raise AssertionError("The portal did not become ready:\n" + (var / "portal.log").read_text()[-4000:])


@contextmanager
def attached_portal() -> Iterator[Portal]:
    """Use the portal at JOURNEY_URL with its JOURNEY_VAR: quicker while a journey is being written."""
    own = subprocess.Popen(["true"], text=True)
    own.wait()
    yield Portal(os.environ["JOURNEY_URL"], Path(os.environ["JOURNEY_VAR"]), own)


@contextmanager
def running_portal(migrated: Path | None) -> Iterator[Portal]:
    """Start a portal on data of its own, and stop it by a SIGTERM to the supervisor alone.

    With a migrated database in a file it begins from that, else from nothing.
    """
    var, port = Path(tempfile.mkdtemp(prefix="portal-journey-")), free_port()
    try:
        if migrated is not None:
            _fill(var, migrated)
        with _start(var, port) as process:
            try:
                _wait(process, var)
                yield Portal(f"http://127.0.0.1:{port}", var, process)
            finally:
                if process.poll() is None:
                    process.send_signal(signal.SIGTERM)
                    process.wait(timeout=60)
    finally:
        for folder in (_home_of_servers(var), var):
            shutil.rmtree(folder, ignore_errors=True)


def _fill(var: Path, migrated: Path) -> None:
    own = dict(os.environ)
    try:
        os.environ.clear()
        os.environ.update(environment(var, 0))
        held = servers.ensure(var)
        try:
            testdatabase.load(held, migrated, "--exclude-schema=kept")
        finally:
            servers.leave(held)
    finally:
        os.environ.clear()
        os.environ.update(own)  # those servers are not this process's own


def _home_of_servers(var: Path) -> Path:
    """Return where the servers kept their data: started as root, that can lie outside `var`."""
    known = var / "servers.json"
    return Path(json.loads(known.read_text())["home"]) if known.exists() else var
