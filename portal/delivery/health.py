"""`/health/`: does the portal work, and if not, which part.

Asked by load balancers and monitors, so it stands before sessions, redirects and the viewer's
transaction, opens short-lived connections of its own, and gives up on each after two seconds.
"""

import time
from collections.abc import Callable
from contextlib import closing
from typing import Any

import psycopg2
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse

PATH = "/health/"
PATIENCE_SECONDS = 2
HEARTBEAT_AGE_SECONDS = 30
MAIL_AGE_SECONDS = 600
HEARTBEAT_KEEP_SECONDS = 3600
WORKER = "health:worker"
SCHEDULER = "health:scheduler"
PARTS = ("database", "broker", "worker", "scheduler", "outbox")
OUTBOX = "SELECT extract(epoch FROM now() - oldest_mail)::float, failed_mails FROM delivery_health()"

Part = dict[str, Any]


class HealthMiddleware:
    """Answers the one address, first of all middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the portal."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or pass the request on."""
        if request.path != PATH:
            return self.get_response(request)
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        found = report()
        answer = JsonResponse(found, status=503 if found["failing"] else 200)
        answer["Cache-Control"] = "no-store"
        answer._has_been_logged = True  # type: ignore[attr-defined]  # a monitor asks every few seconds
        return answer


def report() -> dict[str, Any]:
    """Return the state of each part, and the names of those that fail."""
    parts = {**_database(), **_broker()}
    failing = [name for name in PARTS if not parts[name]["ok"]]
    return {
        "status": "failing" if failing else "ok",
        "failing": failing,
        **{name: parts[name] for name in PARTS},
    }


def beat(key: str) -> None:
    """Write down that the worker or the scheduler lives."""
    cache.set(key, time.time(), HEARTBEAT_KEEP_SECONDS)


def forget() -> None:
    """Forget the heartbeats of an earlier run."""
    cache.delete_many([WORKER, SCHEDULER])


def _database() -> dict[str, Part]:
    """Ask the database, and in the same breath how long the oldest mail has been waiting."""
    asked = connection.get_connection_params() | {
        "connect_timeout": PATIENCE_SECONDS,
        "tcp_user_timeout": PATIENCE_SECONDS * 1000,
        "options": f"-c statement_timeout={PATIENCE_SECONDS * 1000}",
    }
    asked.pop("cursor_factory", None)
    started = time.monotonic()
    try:
        with closing(psycopg2.connect(**asked)) as own, own.cursor() as cursor:
            cursor.execute(OUTBOX)
            waiting, failed = cursor.fetchone()
    except psycopg2.Error as error:
        return {"database": _down(error), "outbox": {"ok": False, "error": "the database does not answer"}}
    mail = {"oldest_waiting_seconds": _rounded(waiting), "given_up": failed}
    return {
        "database": {"ok": True, "seconds": round(time.monotonic() - started, 3)},
        "outbox": {"ok": waiting is None or waiting <= MAIL_AGE_SECONDS, **mail},
    }


def _broker() -> dict[str, Part]:
    """Ask the broker for the last signs of life."""
    started = time.monotonic()
    try:
        beats = cache.get_many([WORKER, SCHEDULER])
    except Exception as error:  # noqa: BLE001  whatever is wrong with it, it does not answer
        silent = {"ok": False, "error": "the broker does not answer"}
        return {"broker": _down(error), "worker": silent, "scheduler": silent}
    return {
        "broker": {"ok": True, "seconds": round(time.monotonic() - started, 3)},
        "worker": _alive(beats.get(WORKER)),
        "scheduler": _alive(beats.get(SCHEDULER)),
    }


def _alive(last: float | None) -> Part:
    age = None if last is None else max(0.0, time.time() - last)
    return {"ok": age is not None and age <= HEARTBEAT_AGE_SECONDS, "last_beat_seconds": _rounded(age)}


def _down(error: Exception) -> Part:
    """Name the kind of error only: its text can hold addresses."""
    return {"ok": False, "error": type(error).__name__}


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 1)
