"""`/health/`: 503 with the failing part named."""

import socket
import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection

from portal import clock
from portal.delivery import health
from portal.delivery.models import Mail
from tests.factories.database import as_owner


@pytest.fixture
def beating():
    """A worker and a scheduler that live."""
    health.beat(health.WORKER)
    health.beat(health.SCHEDULER)


def _ask(client, status):
    answer = client.get("/health/")
    assert answer.status_code == status
    assert answer["Cache-Control"] == "no-store"
    return answer.json()


@pytest.mark.django_db
def test_all_parts_work(client, beating):
    found = _ask(client, 200)
    assert (found["status"], found["failing"]) == ("ok", [])
    assert all(found[name]["ok"] for name in health.PARTS)
    assert found["outbox"] == {"ok": True, "oldest_waiting_seconds": None, "given_up": 0}


@pytest.mark.django_db
@pytest.mark.parametrize(("key", "name"), [(health.WORKER, "worker"), (health.SCHEDULER, "scheduler")])
def test_a_silent_process_is_named(client, beating, key, name):
    cache.set(key, time.time() - health.HEARTBEAT_AGE_SECONDS - 5)
    assert _ask(client, 503)["failing"] == [name]
    cache.delete(key)
    assert _ask(client, 503)["failing"] == [name]


def test_a_database_that_is_away_is_named(client, beating, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setitem(connection.settings_dict, "PORT", str(silent.getsockname()[1]))
        started = time.monotonic()
        found = _ask(client, 503)
        assert time.monotonic() - started < 2 * health.PATIENCE_SECONDS
    assert found["failing"] == ["database", "outbox"]
    assert found["database"] == {"ok": False, "error": "OperationalError"}


@pytest.mark.django_db
def test_a_broker_that_is_away_is_named(client, monkeypatch):
    def refuse(keys):
        raise ConnectionError("redis://:secret@somewhere")

    monkeypatch.setattr(cache, "get_many", refuse)
    found = _ask(client, 503)
    assert found["failing"] == ["broker", "worker", "scheduler"]
    assert "secret" not in str(found)


def test_mail_that_waits_too_long_is_named(client, beating, committed):
    due_at = clock.now() - timedelta(seconds=health.MAIL_AGE_SECONDS + 60)
    with as_owner():
        Mail.objects.create(key="late", address="a@universiteit.example", language="nl", due_at=due_at)
    found = _ask(client, 503)
    assert found["failing"] == ["outbox"]
    assert found["outbox"]["oldest_waiting_seconds"] >= health.MAIL_AGE_SECONDS


def test_needs_no_host_and_no_session(client, beating, django_db_setup):
    answer = client.get("/health/", headers={"host": "10.0.0.7"})
    assert answer.status_code == 200
    assert answer.cookies == {}


def test_only_reads(client):
    assert client.post("/health/").status_code == 405
