"""Celery: the worker and the scheduler. What must not be lost is a row; a message is only a hint.

The heartbeats that `/health/` reads are written here: by the worker's own pulse, and by the
scheduler each time it looks at its schedule.
"""

import os
from contextlib import suppress
from typing import Any

from celery import Celery
from celery.beat import PersistentScheduler
from celery.signals import heartbeat_sent, setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

BEAT_SECONDS = 5.0

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.set_default()
app.autodiscover_tasks()


@app.on_after_finalize.connect
def _take_schedule(sender: Celery, **_kwargs: Any) -> None:
    from portal.delivery import schedule

    sender.conf.beat_schedule = schedule.beat_schedule()


@setup_logging.connect
def _keep_our_logging(**_kwargs: Any) -> None:
    """Keep Django's logging: Celery's own would print arguments."""


def _beat(name: str) -> None:
    """Write down that this process lives; without broker that is missed, which is what health shows."""
    from portal.delivery import health

    with suppress(Exception):
        health.beat(getattr(health, name))


@heartbeat_sent.connect
def _worker_lives(**_kwargs: Any) -> None:
    _beat("WORKER")


class Scheduler(PersistentScheduler):
    """Celery's scheduler, with a heartbeat at each look at the schedule."""

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Send what is due; return the seconds until the next look."""
        seconds: float = super().tick(*args, **kwargs)
        _beat("SCHEDULER")
        return min(seconds, BEAT_SECONDS)
