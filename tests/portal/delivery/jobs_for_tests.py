"""Handlers for the tests of jobs; the killed worker imports them too."""

import sys
import time

from django.db import connection
from django.utils.translation import get_language

from portal.delivery import jobs, running
from portal.delivery.errors import JobRefusedError
from portal.organisation.models import Faculty

seen: list[tuple[object, ...]] = []


@jobs.handler("test.write")
def write(job: jobs.Job) -> None:
    """Make a faculty, which tells afterwards how often the work counted."""
    with connection.cursor() as cursor:
        cursor.execute("select portal_viewer(), current_user")
        viewer, login = cursor.fetchone()
    seen.append((viewer, login, get_language(), running.current() is job))
    Faculty.objects.create(code=job.object_id, name_nl="n", name_en="n")
    job.report(50, "Half way")
    job.result = f"made {job.object_id}"


@jobs.handler("test.fail")
def fail(job: jobs.Job) -> None:
    """Write, and then fail."""
    write(job)
    raise RuntimeError("a secret that must not be kept")


@jobs.handler("test.refuse")
def refuse(job: jobs.Job) -> None:
    """Refuse for good."""
    raise JobRefusedError("This period is not released yet.")


@jobs.handler("test.hang")
def hang(job: jobs.Job) -> None:
    """Write, say so, and hang in the worker that will be killed; only write in the next one."""
    write(job)
    if "--hang" in sys.argv:
        sys.stdout.write("working\n")
        sys.stdout.flush()
        time.sleep(60)


@jobs.handler("test.slow")
def slow(job: jobs.Job) -> None:
    """Report, and take a moment."""
    job.report(30, "One of three")
    time.sleep(0.5)
