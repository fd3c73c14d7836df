"""The wall: one relation table per protected model.

An app's `permissions.py` says once who, in which relation, may read and write a row. From that
table come the row-level policies in the database (`policies.py`, made after every migrate), the
`visible()` filter of every query, and the access matrix of the tests. A table that is neither
protected nor public nor closed fails a test.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, reduce
from operator import or_
from typing import Any, TypeVar

from django.db import connection
from django.db.models import BigIntegerField, DateField, Exists, Func, Model, OuterRef, Q, QuerySet, TextField

from portal.people.enums import Role
from portal.people.models import RoleGrant
from portal.privacy.compiling import Condition, Sight, Viewer, condition

M = TypeVar("M", bound=Model)
Relation = Callable[[Any], Q]
Relations = Mapping[str, Relation]

# Expressions for the policies: who looks, with which secret link, on which day.
VIEWER = Func(function="portal_viewer", output_field=BigIntegerField())
TOKEN = Func(function="portal_token", output_field=TextField())
TODAY = Func(function="portal_today", output_field=DateField())


class Some(Exists):
    """Holds when there is some such row, as `Exists` does, but written so that PostgreSQL plans it once.

    It plans an EXISTS in two ways, for few rows and for many, and those inside it again for each. A relation looks
    through up to three tables, which have policies of their own: planning one query took fifty milliseconds.
    """

    template = "((%(subquery)s) IS NOT NULL)"


@dataclass(frozen=True, slots=True)
class Wall:
    """Who may do what with the rows of one model."""

    model: type[Model]
    read: Relations
    insert: Relations
    update: Relations
    delete: Relations
    figures: tuple[str, ...] = ()
    jobs: Relations = field(default_factory=dict)


_walls: dict[type[Model], Wall] = {}
_public: dict[type[Model], bool] = {}
_closed: set[type[Model]] = set()


def protect(
    model: type[Model],
    *,
    read: Relations,
    write: Relations | None = None,
    insert: Relations | None = None,
    update: Relations | None = None,
    delete: Relations | None = None,
    figures: tuple[str, ...] = (),
    jobs: Relations | None = None,
    insert_only: bool = False,
) -> None:
    """Register a model's relation table.

    `write` counts for insert, update and delete unless one of these is given; without any, readers
    write. `figures` names the columns that the figures role may read of every row; `jobs` gives the
    job role rows beyond those of the viewer for whom it acts (read and update).
    """
    writers = read if write is None else write
    nobody: Relations = {}
    _walls[model] = Wall(
        model,
        read,
        insert=writers if insert is None else insert,
        update=nobody if insert_only else writers if update is None else update,
        delete=nobody if insert_only else writers if delete is None else delete,
        figures=figures,
        jobs=jobs or {},
    )


def public(*models: type[Model], figures: bool = False) -> None:
    """Register tables without personal secrets; `figures` lets the figures role read them too."""
    for model in models:
        _public[model] = figures


def closed(*models: type[Model]) -> None:
    """Register tables that no login but the owner may touch."""
    _closed.update(models)


def wall_of(model: type[Model]) -> Wall | None:
    """Return the relation table of a model; a history table has that of the model it follows."""
    tracked = getattr(model, "pgh_tracked_model", None)
    if tracked is None:
        return _walls.get(model)
    parent = _walls.get(tracked)
    if parent is None:
        return None
    # Triggers write history as whoever acts, so anybody may add; nobody may change it.
    return Wall(model, parent.read, {"trigger": everyone}, {}, {})


def is_public(model: type[Model]) -> bool:
    """Tell whether a table is on the public list (history of a public table is too)."""
    return getattr(model, "pgh_tracked_model", model) in _public


def read_by_figures(model: type[Model]) -> bool:
    """Tell whether the figures role may read a public table."""
    return _public.get(model, False)


def is_closed(model: type[Model]) -> bool:
    """Tell whether a table is closed."""
    return model in _closed


def everyone(viewer: Any) -> Q:
    """Everybody, visitors included."""
    return ~Q(pk__in=[])


def role(viewer: Any, name: Role, *scope: Q) -> Q:
    """Return the condition that the viewer holds a role today, for use inside a relation.

    `scope` narrows the grants that count, for example to those for the row's own faculty.
    """
    grants = RoleGrant.objects.filter(*scope, user_id=viewer, role=name)
    held = grants.filter(is_confirmed=True, starts_on__lte=TODAY)
    return Q(Some(held.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=TODAY))))


def through(name: str, parent: type[Model], relation: Relation) -> Relation:
    """Return the relation that holds when it holds for the row that the foreign key names."""

    def holds(viewer: Any) -> Q:
        rows = parent._default_manager.filter(relation(viewer), pk=OuterRef(f"{name}_id"))
        return Q(Some(rows))

    return holds


def through_all(name: str, parent: type[Model], relations: Relations) -> dict[str, Relation]:
    """Return every one of a parent's relations for a child."""
    return {key: through(name, parent, relation) for key, relation in relations.items()}


def any_of(relations: Relations, viewer: Any) -> Q | None:
    """Join relations by or; None when there are none."""
    conditions = [relation(viewer) for relation in relations.values()]
    return reduce(or_, conditions) if conditions else None


def visible(rows: QuerySet[M] | type[M], actor: Any, *, only: str = "") -> QuerySet[M]:
    """Return the rows that the relation table lets this actor read; none for a visitor.

    `only` names one of the read relations and leaves the others out: the question is then much shorter.
    """
    found = rows if isinstance(rows, QuerySet) else rows._default_manager.all()
    held = _sight(found.model, only)
    if held is None or held.holds_never or not getattr(actor, "pk", None):
        return found.none()
    return found.filter(Sight(held, actor.pk))


@cache
def _sight(model: type[Model], only: str) -> Condition | None:
    """Compile who may read a table, once; None when nobody may."""
    wall = wall_of(model)
    if wall is None:
        raise LookupError(f"{model._meta.label} has no relation table.")
    test = any_of({only: wall.read[only]} if only else wall.read, Viewer())
    return None if test is None else condition(model, test, connection)


def relations_of(actor: Any, row: Model) -> frozenset[str]:
    """Return the names of the read relations in which the actor stands to a row."""
    wall = wall_of(type(row))
    if wall is None or not getattr(actor, "pk", None):
        return frozenset()
    rows = type(row)._default_manager.filter(pk=row.pk)
    return frozenset(name for name, relation in wall.read.items() if rows.filter(relation(actor.pk)).exists())
