"""Work for the worker: a row per job, in the same transaction as the act that asks for it.

A handler may run more than once (a worker can be killed after the work and before the note of it),
but what it writes in its own transaction counts once. It calls `job.report(percent, sentence)` to
tell how far it is, may set `job.result`, and raises `JobRefusedError` with a sentence when trying again is
useless.
"""

import time
from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

from django.db import connection
from django.utils.crypto import salted_hmac
from django.utils.module_loading import autodiscover_modules

from portal import clock
from portal.delivery import broker
from portal.delivery.enums import JobState
from portal.delivery.errors import JobRefusedError, JobTimeoutError
from portal.delivery.models import Job
from portal.people.models import User

__all__ = ["Job", "JobRefusedError", "JobTimeoutError", "enqueue", "handler", "handler_of", "wait_for"]

Handler = Callable[[Job], None]
RUN = "portal.delivery.tasks.run_jobs"
LOOK_EVERY = 0.3
_handlers: dict[str, Handler] = {}


def handler(name: str) -> Callable[[Handler], Handler]:
    """Register the function (in an app's `tasks.py`) that does the jobs of this name."""

    def register(function: Handler) -> Handler:
        known = _handlers.setdefault(name, function)
        if (known.__module__, known.__qualname__) != (function.__module__, function.__qualname__):
            raise ValueError(f"Two handlers for {name}.")
        return function

    return register


def handler_of(name: str) -> Handler:
    """Return the handler of a name; LookupError when there is none."""
    if name not in _handlers:
        autodiscover_modules("tasks")
    try:
        return _handlers[name]
    except KeyError:
        raise LookupError(f"No handler for {name}.") from None


def enqueue(
    name: str,
    object_id: object = "",
    *,
    viewer: User | None = None,
    key: str | None = None,
    due_at: datetime | None = None,
) -> Job:
    """Queue one job, to be done as this viewer (None: as nobody); the same key twice is one job.

    The returned row knows its id; its state is only that of a fresh job.
    """
    job = Job(
        id=_id_of(key) if key else uuid4(),
        key=key or f"once:{uuid4()}",
        name=name,
        object_id=str(object_id),
        viewer=viewer,
        queued_at=clock.now(),
        due_at=due_at or clock.now(),
    )
    Job.objects.bulk_create([job], ignore_conflicts=True)
    broker.kick(RUN)
    return job


def _id_of(key: str) -> UUID:
    """Return the id that belongs to a key: the same each time, and not to be guessed from outside."""
    return UUID(bytes=salted_hmac("portal.delivery.job", key, algorithm="sha256").digest()[:16], version=4)


def wait_for(job: Job, seconds: float) -> Job:
    """Wait until a committed job is finished and return it with its state, sentence and result.

    For commands, outside a transaction. Raises JobTimeoutError when it takes longer.
    """
    until = time.monotonic() + seconds
    while True:
        found = _look(job)
        if found is not None and found.is_finished:
            return found
        if time.monotonic() >= until:
            raise JobTimeoutError(f"The job was not finished within {seconds:g} seconds.")
        time.sleep(LOOK_EVERY)


def _look(job: Job) -> Job | None:
    """Read a job's state by its id, which only who queued it knows; this works for every viewer."""
    with connection.cursor() as cursor:
        cursor.execute("select state, progress, message, result from delivery_job_state(%s)", [job.pk])
        row = cursor.fetchone()
    if row is None:
        return None
    state, progress, message, result = row
    found = Job(id=job.pk, key=job.key, name=job.name, object_id=job.object_id, viewer=job.viewer)
    found.state, found.progress, found.message, found.result = JobState(state), progress, message, result
    return found
