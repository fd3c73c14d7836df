"""The portal behind gunicorn on the tests' own servers, and many people who press at once."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from portal.people.models import User

ROOT = Path(__file__).resolve().parents[2]
WORKERS, THREADS, AT_ONCE, READY_SECONDS = 2, 4, 16, 60
TOKEN = "a" * 32


@dataclass(frozen=True)
class Person:
    """Somebody who has signed in."""

    user: User
    cookie: str

    @classmethod
    def signed_in(cls, user: User) -> "Person":
        """Sign in without the form: that is not what is measured."""
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        return cls(user, f"{settings.SESSION_COOKIE_NAME}={session}; csrftoken={TOKEN}")


@dataclass(frozen=True)
class Site:
    """A running portal."""

    port: int

    def get(self, person: Person, path: str) -> int:
        """Open a page; return the status."""
        return self._ask("GET", path, person, {})

    def post(self, person: Person, path: str, data: dict[str, str]) -> int:
        """Press a button; return the status."""
        return self._ask("POST", path, person, {**data, "csrfmiddlewaretoken": TOKEN})

    def _ask(self, method: str, path: str, person: Person, data: dict[str, str]) -> int:
        headers = {"Cookie": person.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request(method, path, urlencode(data) if data else None, headers)
            response = connection.getresponse()
            response.read()
            return response.status


def all_at_once(acts: list[Callable[[], int]]) -> tuple[float, list[int]]:
    """Do the acts, sixteen at a time; return the seconds and what each answered."""
    started = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(lambda act: act(), acts))
    return time.perf_counter() - started, answers


@contextmanager
def served(log: Path) -> Iterator[Site]:
    """Serve the tests' database with gunicorn, as `make run` does."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    place = ["--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS), "--threads", str(THREADS)]
    command = [sys.executable, "-m", "gunicorn", "portal.wsgi", *place]
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings"}
    with log.open("w") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=out, stderr=out)
        try:
            _wait(port, log)
            yield Site(port)
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait(port: int, log: Path) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise AssertionError(f"gunicorn did not start:\n{log.read_text()[-2000:]}")
