"""Hints to the worker: one per transaction, and never in the way of the act."""

import time

import pytest
from celery import current_app
from django.conf import settings
from django.db import transaction
from redis import Redis

from portal.delivery import broker, jobs, outbox, schedule
from portal.delivery.models import Job, Mail
from tests.factories import people
from tests.factories.database import as_owner


@pytest.fixture
def queue(committed):
    """The broker's queue."""
    with Redis.from_url(settings.REDIS_URL) as client:
        client.delete("celery")
        yield lambda: [row.decode() for row in client.lrange("celery", 0, -1)]
        client.delete("celery")


def test_one_hint_for_all_rows_of_a_transaction(queue):
    user = people.user()
    with transaction.atomic():
        for number in range(3):
            with transaction.atomic():
                outbox.queue_mail(
                    key=str(number), to=user, template="test/hello", context={"what": "x", "count": 1}
                )
        jobs.enqueue("test.write", "LAW")
        assert queue() == []
    hints = queue()
    assert sorted(name for name in (outbox.DELIVER, jobs.RUN) for hint in hints if name in hint) == [
        outbox.DELIVER,
        jobs.RUN,
    ]


def test_hint_of_an_undone_savepoint_does_not_swallow_the_next(queue):
    with transaction.atomic():
        with transaction.atomic():
            broker.kick(jobs.RUN)
            transaction.set_rollback(True)
        broker.kick(jobs.RUN)
    assert len(queue()) == 1


def test_broker_down_does_not_hold_up_the_act(committed, monkeypatch, caplog):
    monkeypatch.setattr(current_app.conf, "broker_url", "redis://127.0.0.1:1/0")
    user = people.user()
    started = time.monotonic()
    with transaction.atomic():
        outbox.queue_mail(key="a", to=user, template="test/hello", context={"what": "geheim", "count": 1})
        jobs.enqueue("test.write", "LAW", viewer=user)
    assert time.monotonic() - started < 3
    with as_owner():
        assert (Mail.objects.count(), Job.objects.count()) == (1, 1)
    assert len(caplog.messages) == 2
    assert all("the scan will find it" in line and "geheim" not in line for line in caplog.messages)


def test_no_task_runs_in_the_web():
    assert not current_app.conf.task_always_eager


def test_schedule_holds_both_scans():
    beat = schedule.beat_schedule()
    assert {beat[name]["schedule"] for name in (outbox.DELIVER, jobs.RUN)} == {5}
    current_app.loader.import_default_modules()
    assert set(beat) <= set(current_app.tasks)
    with pytest.raises(ValueError, match="positive"):
        schedule.every(0, "x")
