"""Handing over mail: one row, one transaction, never two deliverers on one mail."""

import logging
from datetime import timedelta
from email import encoders
from email.mime.base import MIMEBase
from email.mime.text import MIMEText

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Q

from portal import clock
from portal.delivery.attachment import Attachment
from portal.delivery.enums import MailState
from portal.delivery.models import Mail

logger = logging.getLogger(__name__)
# Seconds to wait after each failed attempt; after the last one the mail is given up.
BACK_OFF = (60, 5 * 60, 30 * 60, 2 * 3600, 6 * 3600, 24 * 3600)
ROUND = 500
TROUBLE = 3


def deliver_round() -> int:
    """Deliver what is due and return how many left; stop when the mail server seems down."""
    sent = trouble = 0
    for _number in range(ROUND):
        result = deliver_next()
        if result is None:
            break
        sent += result
        trouble = 0 if result else trouble + 1
        if trouble == TROUBLE:
            break
    return sent


def deliver_next() -> bool | None:
    """Deliver one due mail; True when handed over, False when that failed, None when none is due."""
    now = clock.now()
    due = Q(state=MailState.WAITING, due_at__lte=now)
    with transaction.atomic():
        mail = Mail.objects.select_for_update(skip_locked=True).filter(due).order_by("due_at", "pk").first()
        if mail is None:
            return None
        mail.attempts += 1
        try:
            message(mail).send()
        except Exception as error:  # noqa: BLE001  any failure of the transport is tried again
            _postpone(mail, error)
            return False
        mail.state, mail.sent_at, mail.last_error = MailState.SENT, clock.now(), ""
        mail.save(update_fields=["state", "sent_at", "last_error", "attempts"])
        return True


def _postpone(mail: Mail, error: Exception) -> None:
    """Plan the next attempt, or give up; the note on the error holds no content and no address."""
    code = getattr(error, "smtp_code", "")
    mail.last_error = f"{type(error).__name__} {code}".strip()
    if mail.attempts > len(BACK_OFF):
        mail.state = MailState.FAILED
        logger.error("Mail %s was given up after %d attempts.", mail.pk, mail.attempts)
    else:
        mail.due_at = clock.now() + timedelta(seconds=BACK_OFF[mail.attempts - 1])
        logger.warning("Mail %s was not handed over: %s", mail.pk, mail.last_error)
    mail.save(update_fields=["state", "due_at", "last_error", "attempts"])


def message(mail: Mail) -> EmailMultiAlternatives:
    """Return the mail as Django's message, with its lasting Message-ID."""
    headers = {
        "Message-ID": mail.message_id,
        "Auto-Submitted": "auto-generated",
        "Content-Language": mail.language,
    }
    made = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[mail.address],
        headers=headers,
    )
    made.attach_alternative(mail.html, "text/html")
    for kept in mail.attachments:
        made.attach(_part(Attachment.from_json(kept)))
    return made


def _part(attachment: Attachment) -> MIMEBase:
    """Return one attachment with its full content type, parameters included."""
    kind, *parameters = (word.strip() for word in attachment.content_type.split(";"))
    main, _slash, sub = kind.partition("/")
    part: MIMEBase
    if main == "text":
        part = MIMEText(attachment.content.decode("utf-8"), sub, "utf-8")
    else:
        part = MIMEBase(main, sub)
        part.set_payload(attachment.content)
        encoders.encode_base64(part)
    for name, _sign, value in (parameter.partition("=") for parameter in parameters):
        if name != "charset":
            part.set_param(name, value)
    part.add_header("Content-Disposition", "attachment", filename=attachment.name)
    return part
