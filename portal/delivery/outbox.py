"""Queueing mail: rendered at once in the recipient's language, in the transaction of the act.

Promise: queued exactly once per key, handed over at least once, always with the same Message-ID.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from typing import Any
from uuid import uuid4

from django.conf import settings

from portal import clock
from portal.delivery import broker, letters
from portal.delivery.attachment import Attachment
from portal.delivery.models import Mail
from portal.people.models import User

DELIVER = "portal.delivery.tasks.deliver_mail"


_muted: ContextVar[bool] = ContextVar("muted_outbox", default=False)


@contextmanager
def muted() -> Iterator[None]:
    """Queue nothing: for telling what happened long ago, when a sample is made."""
    token = _muted.set(True)
    try:
        yield
    finally:
        _muted.reset(token)


@dataclass(frozen=True, slots=True)
class Address:
    """Someone without an account here: an address, a language ('nl' or 'en') and a name."""

    email: str
    language: str
    name: str = ""


def queue_mail(
    *,
    key: str,
    to: User | Address,
    template: str,
    context: Mapping[str, Any],
    attachments: Iterable[Attachment] = (),
    neutral: bool = False,
    due_at: datetime | None = None,
) -> None:
    """Queue one mail, `templates/emails/<template>.txt`; the same key twice queues nothing.

    The template also knows `name` (how to greet), `portal_url` and `language`.
    Raises LetterError when the mail would leave with a hole in it.
    """
    if _muted.get():
        return
    name = to.greeting_name if isinstance(to, User) else to.name
    own = {"name": name, "portal_url": settings.BASE_URL, "language": to.language}
    letter = letters.write(template, {**own, **context}, language=to.language, neutral=neutral)
    files: Any = [attachment.to_json() for attachment in attachments]
    pk = uuid4()
    mail = Mail(
        id=pk,
        key=key,
        message_id=f"<{pk}@{_domain()}>",
        recipient=to if isinstance(to, User) else None,
        address=to.email,
        name=to.full_name if isinstance(to, User) else to.name,
        language=to.language,
        template=template,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        attachments=files,
        queued_at=clock.now(),
        due_at=due_at or clock.now(),
    )
    # The web may write mail but not read other people's: no RETURNING, and conflicts say nothing.
    Mail.objects.bulk_create([mail], ignore_conflicts=True)
    broker.kick(DELIVER)


def _domain() -> str:
    """Return the domain after the @ of the sender, for Message-IDs."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
