"""What lower rooms make known and the outbox takes up."""

from typing import Any
from uuid import uuid4

from django.dispatch import receiver

from portal.delivery.outbox import queue_mail
from portal.people.models import User
from portal.people.signals import account_mail


@receiver(account_mail)
def queue_account_mail(user: User, template: str, context: dict[str, Any], **_more: Any) -> None:
    """Queue a mail about somebody's account; each request is a mail of its own."""
    queue_mail(key=f"{template}:{uuid4()}", to=user, template=template, context=context)
