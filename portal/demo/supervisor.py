"""`make run`: the servers, the database, then web, worker and scheduler together, until told to stop."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import IO, NoReturn

from portal.demo import servers
from portal.demo.children import ROOT, Child, GaveUp, die_with_parent, stop_all
from portal.demo.messages import compile_catalogues

HOST = "127.0.0.1"
READY_SECONDS = 120
# Stands while the sample is being made: a start that was broken off there begins anew.
UNFINISHED = "sample.unfinished"


class Stopped(BaseException):
    """Somebody asked the supervisor to stop."""


def main(arguments: list[str]) -> int:
    """Run until stopped; the exit code is 0 after a stop that was asked for."""
    var = Path(os.environ.get("PORTAL_VAR") or ROOT / "var").resolve()
    var.mkdir(parents=True, exist_ok=True)
    if "--stop" in arguments:
        return _stop_running(var)
    with (var / "portal.lock").open("a+") as lock:
        if not _lock(lock):
            return _complain(f"The portal is already running on {var} (process {_holder(lock)}).")
        port = _port()
        if port is None:
            return _complain(f"Port {os.environ.get('PORT')!r} is not a number between 1 and 65535.")
        if _is_taken(port):
            return _complain(f"Port {port} is in use. Choose another: make run PORT=8001")
        return _supervise(var, port)


def _supervise(var: Path, port: int) -> int:
    for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(sign, _raise_stopped)
    os.environ["PORT"] = str(port)
    children: list[Child] = []
    try:
        with _servers(var) as held:
            try:
                if held.has_database and (var / UNFINISHED).exists():
                    servers.recreate(held)
                _prepare()
                children += _children(port)
                for child in children:
                    child.start()
                _watch(children, port)
            except (GaveUp, subprocess.CalledProcessError) as error:
                return _complain(f"The portal stops: {error}")
            finally:
                _ignore_signals()
                stop_all(children)
    except Stopped:
        return 0


@contextmanager
def _servers(var: Path) -> Iterator[servers.Servers]:
    held = servers.ensure(var, preparing=die_with_parent)
    try:
        yield held
    finally:
        _ignore_signals()
        servers.leave(held)


def _prepare() -> None:
    """Bring messages, database and static files up to date, in a process that ends again."""
    compile_catalogues(ROOT / "locale")
    command = [sys.executable, "manage.py", "prepare_portal"]
    process = subprocess.Popen(  # noqa: S603
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=die_with_parent(),  # noqa: PLW1509  the supervisor has one thread
    )
    try:
        if process.wait():
            raise GaveUp("preparing the database and the files failed; the lines above say why.")
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()


def _children(port: int) -> list[Child]:
    var = os.environ["PORTAL_VAR"]
    web = ["gunicorn", "portal.wsgi", "--bind", f"{HOST}:{port}", "--workers", "2", "--threads", "4"]
    web += ["--graceful-timeout", "8", "--timeout", "60", "--log-level", "warning", "--no-control-socket"]
    celery = ["celery", "--app", "portal.celery", "--quiet"]
    # A demo started as root: Celery says at each start that this is not for production.
    quiet = {"PYTHONWARNINGS": "ignore:You're running the worker"} if os.geteuid() == 0 else {}
    worker = [*celery, "worker", "--concurrency", "2", "--without-gossip", "--without-mingle"]
    beat = [*celery, "beat", "--schedule", f"{var}/schedule", "--pidfile", ""]
    return [
        Child("web", web),
        Child("worker", worker, {"PORTAL_DATABASE_ROLE": "jobs"} | quiet),
        Child("scheduler", beat, {"PORTAL_DATABASE_ROLE": "jobs"}),
    ]


def _watch(children: list[Child], port: int) -> NoReturn:
    started, told = time.monotonic(), False
    while True:
        for child in children:
            child.keep_running()
        if not told and _answers(port, "/nl/") and _answers(port, "/health/"):
            sys.stdout.write(f"Portal ready at http://{HOST}:{port}/nl/\n")
            sys.stdout.flush()
            told = True
        if not told and time.monotonic() - started > READY_SECONDS:
            raise GaveUp(f"no page after {READY_SECONDS} seconds.")
        time.sleep(0.5 if told else 0.1)


def _answers(port: int, path: str) -> bool:
    connection = HTTPConnection(HOST, port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _port() -> int | None:
    raw = os.environ.get("PORT") or "8000"
    return int(raw) if raw.isdecimal() and 0 < int(raw) < 65536 else None


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return True
    return False


def _lock(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return True


def _holder(lock: IO[str]) -> str:
    lock.seek(0)
    return lock.read() or "unknown"


def _stop_running(var: Path) -> int:
    """Stop a running supervisor and wait for it; without one, stop servers that were left behind."""
    with (var / "portal.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.kill(int(_holder(lock)), signal.SIGTERM)
            fcntl.flock(lock, fcntl.LOCK_EX)
    servers.stop(var)
    return 0


def _raise_stopped(*_arguments: object) -> None:
    raise Stopped


def _ignore_signals() -> None:
    """Let a second Ctrl-C not break off the stopping."""
    for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(sign, signal.SIG_IGN)


def _complain(sentence: str) -> int:
    sys.stderr.write(sentence + "\n")
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
