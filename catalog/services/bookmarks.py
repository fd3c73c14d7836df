"""Keeping an offering for later."""

from django.db import transaction

from catalog.models import Bookmark, Offering
from portal.people.models import User


@transaction.atomic
def keep(*, offering: Offering, actor: User) -> None:
    """Put an offering on the actor's list; called twice it stands there once."""
    Bookmark.objects.get_or_create(owner=actor, offering=offering)


@transaction.atomic
def drop(*, offering: Offering, actor: User) -> None:
    """Take an offering off the actor's list; nothing happens when it is not on it."""
    Bookmark.objects.filter(owner=actor, offering=offering).delete()
