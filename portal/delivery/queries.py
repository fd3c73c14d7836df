"""Questions about mails and jobs; the database answers some of them without showing a row."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.http import Http404

from portal.delivery.attachment import Attachment
from portal.delivery.models import Job, Mail
from portal.privacy import wall


@dataclass(frozen=True, slots=True)
class Health:
    """How the outbox and the jobs are doing; None when nothing is overdue."""

    oldest_mail_due_at: datetime | None
    failed_mails: int
    oldest_job_due_at: datetime | None
    failed_jobs: int


@dataclass(frozen=True, slots=True)
class Failure:
    """A mail or job that was given up, without its content and without whom it was for."""

    kind: str
    pk: UUID
    name: str
    attempts: int
    last_error: str
    queued_at: datetime


def mails_of(actor: Any) -> QuerySet[Mail]:
    """Return someone's own mail, newest first."""
    return wall.visible(Mail, actor)


def get_mail(actor: Any, pk: UUID) -> Mail:
    """Return one of someone's own mails, else raise Http404."""
    found = mails_of(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def attachments_of(mail: Mail) -> list[Attachment]:
    """Return the files that go with a mail."""
    return [Attachment.from_json(kept) for kept in mail.attachments]


def jobs_of(actor: Any) -> QuerySet[Job]:
    """Return the jobs that run as this person, newest first."""
    return wall.visible(Job, actor)


def health() -> Health:
    """Return the state of the outbox and the jobs; anybody may ask, no person is in it."""
    with connection.cursor() as cursor:
        cursor.execute("select * from delivery_health()")
        return Health(*cursor.fetchone())


def failures() -> list[Failure]:
    """Return what was given up, newest first; empty unless the viewer is an administrator."""
    with connection.cursor() as cursor:
        cursor.execute("select * from delivery_failures() order by queued_at desc, id")
        return [Failure(*row) for row in cursor.fetchall()]
