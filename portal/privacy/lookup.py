"""The guarded lookup: the only way from an address to a protected object."""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404

from portal.privacy import wall

M = TypeVar("M", bound=Model)


class ReferenceConverter:
    """The `<ref:reference>` part of an address: twelve signs without look-alikes."""

    regex = "[2-9a-hjkmnp-z]{12}"

    def to_python(self, value: str) -> str:
        """Return the reference."""
        return value

    def to_url(self, value: str) -> str:
        """Return the reference."""
        return value


def get_visible(rows: QuerySet[M] | type[M], actor: Any, reference: str) -> M:
    """Return the row with this reference if the actor may see it, else raise Http404."""
    found = wall.visible(rows, actor).filter(reference=reference).first()
    if found is None:
        raise Http404
    return found
