"""Letters to the owner of a card."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from catalog.models import Offering
from portal.delivery.outbox import Address, queue_mail
from portal.interface.moments import day


def send_dropped(offering: Offering) -> None:
    """Tell the owner that search and lists leave the card out; without an owner, tell its mailbox in Dutch."""
    owner = offering.owner if offering.owner and offering.owner.is_active else None
    to = owner or Address(offering.contact_mailbox, "nl", str(offering.owner_role))
    with override(to.language):
        context = {
            "title": str(offering.title),
            "review_on": day(offering.review_on),
            "url": settings.BASE_URL + reverse("catalog:edit", args=[offering.slug]),
        }
    key = f"offering-{offering.pk}-dropped-{offering.review_on.isoformat()}"
    queue_mail(key=key, to=to, template="catalog/dropped", context=context)
