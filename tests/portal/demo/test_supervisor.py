"""`make run`, from the first start to the last process: one story, in a place of its own."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.architecture.sources import ROOT

pytestmark = pytest.mark.journey
READY_SECONDS = 170


class Run:
    """The supervisor in a process group of its own, as a terminal would start it."""

    def __init__(self, var, port):
        self.var, self.port = var, port
        kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
        with (var.parent / "stderr").open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "portal.demo.supervisor"],
                cwd=ROOT,
                env=kept | {"PORTAL_VAR": str(var), "PORT": str(port)},
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            )
        assert self.process.stdout is not None
        self.output = self.process.stdout

    def wait_until_ready(self):
        line = self.output.readline()
        assert line == f"Portal ready at http://127.0.0.1:{self.port}/nl/\n", self.complaints()
        return self

    def complaints(self):
        return (self.var.parent / "stderr").read_text()

    def health(self):
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/health/", timeout=10) as answer:
                return json.load(answer)
        except HTTPError as answer:
            return json.load(answer)

    def end(self):
        self.output.close()
        return self.process.wait(timeout=40)


@pytest.fixture
def place_of_run(tmp_path):
    var = tmp_path / "var"
    var.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    runs = []

    def start():
        runs.append(Run(var, port))
        return runs[-1]

    yield var, start
    for run in runs:
        if run.process.poll() is None:
            run.process.terminate()
        run.end()
    if (var / "servers.json").exists():
        shutil.rmtree(json.loads((var / "servers.json").read_text())["home"], ignore_errors=True)


def _processes(var):
    """Everything that runs in this place: by its environment or by its command."""
    found = {}
    for folder in Path("/proc").iterdir():
        try:
            about = (folder / "environ").read_bytes() + (folder / "cmdline").read_bytes()
        except OSError:
            continue
        home = json.loads((var / "servers.json").read_text())["home"].encode()
        if os.fsencode(f"PORTAL_VAR={var}\0") in about or home in about:
            found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    return found


def _ports(var, port):
    for number in (port, *json.loads((var / "servers.json").read_text())["ports"].values()):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", number)) == 0:
                yield number


def _wait_for(true, seconds=30):
    deadline = time.monotonic() + seconds
    while not (found := true()) and time.monotonic() < deadline:
        time.sleep(0.2)
    return found


def _accounts(run):
    with urlopen(f"http://127.0.0.1:{run.port}/nl/account/login/", timeout=20) as answer:
        return answer.read().decode().count("@universiteit.example")


@pytest.mark.long
def test_from_the_first_start_to_the_last_process(place_of_run):
    var, start = place_of_run
    run = start().wait_until_ready()
    assert run.health()["status"] == "ok"
    accounts = _accounts(run)
    assert accounts >= 10

    second = start()  # on the same place: says so and touches nothing
    assert second.end() == 1
    assert f"already running on {var} (process {run.process.pid})" in run.complaints()
    assert run.health()["status"] == "ok"

    worker = next(pid for pid, command in _processes(var).items() if " worker " in command)
    os.kill(worker, signal.SIGKILL)
    assert _wait_for(lambda: "worker ended with code -9; starting it again" in run.complaints())

    os.killpg(run.process.pid, signal.SIGINT)
    assert run.end() == 0
    assert _processes(var) == {}
    assert list(_ports(var, run.port)) == []

    started = time.monotonic()
    again = start().wait_until_ready()
    assert time.monotonic() - started < READY_SECONDS / 3
    assert _accounts(again) == accounts
    os.kill(again.process.pid, signal.SIGTERM)
    assert again.end() == 0
    assert _processes(var) == {}
    assert list(_ports(var, run.port)) == []
    assert "Traceback" not in run.complaints()


def test_a_port_in_use_is_named_before_anything_starts(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        (tmp_path / "var").mkdir()
        run = Run(tmp_path / "var", taken.getsockname()[1])
        assert run.end() == 1
    assert f"Port {run.port} is in use" in run.complaints()
    assert not (tmp_path / "var" / "servers.json").exists()
