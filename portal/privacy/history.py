"""History by database triggers, so that bulk writes leave a trace as well."""

from typing import Any, TypeVar, cast

import pghistory
from django.db.models import Model

M = TypeVar("M", bound=type[Model])


def tracked(model: M) -> M:
    """Keep every version of a row, with the viewer's key on the history row itself.

    The relation table of the model counts for its history too (`wall.wall_of`). Translated models
    are tracked in their `translation.py`, after registration, or their `_nl` and `_en` are missed.
    """
    follow = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        context_field=pghistory.ContextJSONField(),
        context_id_field=cast("Any", None),  # its types forget that none is possible
        obj_field=pghistory.ObjForeignKey(related_name="+", related_query_name="+"),
    )
    return cast("M", follow(model))
