"""Acts on mails and jobs by a person: trying again what was given up."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal import clock
from portal.delivery import jobs
from portal.delivery.enums import JobState, MailState
from portal.delivery.models import Job, Mail
from portal.people.enums import Role
from portal.people.models import User
from portal.people.queries import has_role

RETRIES = {"mail": "delivery.retry_mail", "job": "delivery.retry_job"}


@transaction.atomic
def retry(*, actor: User, kind: str, pk: UUID) -> Job:
    """Ask the worker to try a failed mail or job again; only for the administrator.

    The administrator sees neither, so the worker does it, which may change every row.
    """
    if not has_role(actor, Role.ADMINISTRATOR):
        raise PermissionDenied
    return jobs.enqueue(RETRIES[kind], pk, viewer=actor)


def restart_mail(pk: str) -> bool:
    """Make a failed mail wait again; for the worker. False when it had not failed."""
    failed = Mail.objects.filter(pk=pk, state=MailState.FAILED)
    return bool(failed.update(state=MailState.WAITING, attempts=0, due_at=clock.now()))


def restart_job(pk: str) -> bool:
    """Make a failed job wait again; for the worker. False when it had not failed."""
    failed = Job.objects.filter(pk=pk, state=JobState.FAILED)
    fresh = {"attempts": 0, "progress": 0, "message": "", "finished_at": None}
    return bool(failed.update(state=JobState.WAITING, due_at=clock.now(), lease_until=None, **fresh))
