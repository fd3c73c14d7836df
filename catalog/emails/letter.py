"""What every letter about an enrolment knows."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from catalog.emails.calendar import offering_url, place
from catalog.models import Enrolment, Session
from portal.delivery.attachment import Attachment
from portal.delivery.outbox import queue_mail
from portal.interface.moments import until, weekday


def facts(session: Session) -> dict[str, str]:
    """Return title, time and place of a session, in the language in force."""
    return {
        "title": str(session.title or session.offering.title),
        "when": f"{weekday(session.starts_at)}, {until(session.starts_at, session.ends_at)}",
        "where": place(session),
        "url": offering_url(session),
    }


def leave_url(enrolment: Enrolment) -> str:
    """Return the full address at which one gives up a place or a turn, in the language in force."""
    return settings.BASE_URL + reverse("catalog:cancel", args=[enrolment.reference])


def send(
    enrolment: Enrolment, template: str, *, files: Iterable[Attachment] = (), mark: str = "", **extra: Any
) -> None:
    """Queue a letter to the participant; each version of the enrolment has its own, or each `mark`."""
    person = enrolment.participant
    with override(person.language):
        told = str(enrolment.notice.shown)
        context = {**facts(enrolment.session), "told": told, "leave_url": leave_url(enrolment), **extra}
    queue_mail(
        key=f"enrolment-{enrolment.reference}-{template}-{mark or enrolment.sequence}",
        to=person,
        template=f"catalog/{template}",
        context=context,
        attachments=files,
        neutral=not enrolment.notice.is_list_shown,
    )
