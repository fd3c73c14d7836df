"""The lists that editors choose from, as pairs of a value and its label."""

from typing import Any

from catalog.enums import Status
from catalog.models import Kind, ManagerNotice, Offering
from portal.people.models import User

Choices = list[tuple[str, str]]


def labels_of(model: Any) -> Choices:
    """Return a list of the catalogue: themes, audiences, providers."""
    return [(row.key, str(row.label)) for row in model.objects.all()]


def kinds() -> dict[str, Kind]:
    """Return the kinds by their key, in order."""
    return {row.key: row for row in Kind.objects.select_related("theme")}


def notices() -> Choices:
    """Return what participants may read about who hears of it."""
    return [(row.key, str(row.shown)) for row in ManagerNotice.objects.all()]


def offerings() -> Choices:
    """Return what a card can refer to, by title: everything but the archive."""
    rows = Offering.objects.exclude(status=Status.ARCHIVED).order_by("title_nl")
    return [(row.slug, str(row.title)) for row in rows]


def address_of(reference: str) -> str:
    """Return the e-mail address of the owner of a card; nothing for a card without one."""
    found = User.objects.filter(reference=reference).first() if reference else None
    return found.email if found else ""
