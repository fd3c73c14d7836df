"""Doing jobs: claimed under a lease that a heartbeat renews, so that a killed worker's job is taken up."""

import contextvars
import logging
from datetime import timedelta
from threading import Event, Thread

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from portal import clock
from portal.delivery import jobs
from portal.delivery.enums import JobState
from portal.delivery.errors import JobRefusedError
from portal.delivery.models import Job
from portal.privacy.viewer import viewing

logger = logging.getLogger(__name__)
ATTEMPTS = 3
# Seconds: how long a claim holds without a heartbeat, how often it beats, the pauses between attempts.
LEASE = 30
BEAT = 3
PAUSES = (10, 60)


class ClaimLostError(Exception):
    """The claim on a job was lost: another worker has it now."""


_current: contextvars.ContextVar[Job | None] = contextvars.ContextVar("current_job", default=None)


def current() -> Job | None:
    """Return the job that is being done here and now; None outside the worker."""
    return _current.get()


def run_next() -> bool:
    """Take and do one due job; False when there is none."""
    job = claim()
    if job is None:
        return False
    if job.attempts > ATTEMPTS:
        _give_up(job, "the worker stopped each time")
        return True
    try:
        _do(job)
    except ClaimLostError:
        logger.warning("Job %s was taken over by another worker.", job.pk)
    except JobRefusedError as error:
        _close(job, JobState.FAILED, str(error))
    except Exception as error:
        logger.exception("Job %s (%s) failed, attempt %d.", job.pk, job.name, job.attempts)
        _retry(job, type(error).__name__)
    return True


def claim() -> Job | None:
    """Take the first job that is due, or whose worker has been silent for longer than its lease."""
    now = clock.now()
    free = Q(state=JobState.WAITING, due_at__lte=now) | Q(state=JobState.RUNNING, lease_until__lt=now)
    with transaction.atomic():
        rows = Job.objects.select_for_update(skip_locked=True, of=("self",)).select_related("viewer")
        job = rows.filter(free).order_by("due_at", "pk").first()
        if job is None:
            return None
        job.state, job.attempts = JobState.RUNNING, job.attempts + 1
        job.lease_until = now + timedelta(seconds=LEASE)
        job.save(update_fields=["state", "attempts", "lease_until"])
        return job


def _do(job: Job) -> None:
    """Do the work and note it, in one transaction as the job's viewer: both count, or neither."""
    language = job.viewer.language if job.viewer else translation.get_language()
    with viewing(job.viewer), translation.override(language):
        token = _current.set(job)
        try:
            with Heart(job):
                jobs.handler_of(job.name)(job)
        finally:
            _current.reset(token)
        done = {"state": JobState.DONE, "progress": 100, "finished_at": clock.now(), "last_error": ""}
        if not _mine(job).update(**done, message=job.message, result=job.result):
            raise ClaimLostError


def _mine(job: Job) -> QuerySet[Job]:
    """Return the row as long as this claim on it holds."""
    return Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts)


def _retry(job: Job, error: str) -> None:
    if job.attempts >= ATTEMPTS:
        _give_up(job, error)
        return
    due = clock.now() + timedelta(seconds=PAUSES[job.attempts - 1])
    _mine(job).update(state=JobState.WAITING, due_at=due, last_error=error)


def _give_up(job: Job, error: str) -> None:
    language = job.viewer.language if job.viewer else translation.get_language()
    with translation.override(language):
        sentence = _(
            "This did not work after three attempts. The administrator can see that and can try again."
        )
    _close(job, JobState.FAILED, sentence, error)


def _close(job: Job, state: JobState, message: str, error: str = "") -> None:
    values = {"state": state, "message": message[:300], "last_error": error[:200]}
    _mine(job).update(**values, finished_at=clock.now())


class Heart:
    """Renews the claim and writes the progress down, on a connection of its own."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._stopped = Event()
        context = contextvars.copy_context()
        self._thread = Thread(target=context.run, args=(self._beat,), daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_error: object) -> None:
        self._stopped.set()
        self._thread.join()

    def _beat(self) -> None:
        try:
            while not self._stopped.wait(BEAT):
                self._write()
        finally:
            connection.close()

    def _write(self) -> None:
        until = clock.now() + timedelta(seconds=LEASE)
        job = self.job
        try:
            _mine(job).update(lease_until=until, progress=job.progress, message=job.message)
        except Exception as error:  # noqa: BLE001  a missed beat is made up for by the next one
            logger.warning("No heartbeat for job %s: %s", job.pk, type(error).__name__)
            connection.close()
