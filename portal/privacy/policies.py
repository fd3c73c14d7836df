"""Turns the relation tables into grants and row-level policies, after every migrate.

Policies are made anew each time, in one transaction, from the code that the queries use as well:
they can't drift apart. Until a table is dealt with here, only its owner can touch it.
"""

from collections.abc import Iterator
from typing import Any, cast

from django.apps import apps
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Model, Q

from portal.privacy import compiling
from portal.privacy import wall as walls
from portal.privacy.wall import VIEWER, Relations, Wall

ACTORS = "portal_web, portal_jobs"
EVERY_LOGIN = "portal_web, portal_jobs, portal_figures, portal_retention"


def condition(model: type[Model], test: Q, connection: BaseDatabaseWrapper) -> str:
    """Return a condition with its values in it: a policy takes no parameters."""
    found = compiling.condition(model, test, connection)
    with connection.cursor() as cursor:
        text: bytes | str = cursor.cursor.mogrify(found.sql, found.params) if found.params else found.sql
    return text.decode() if isinstance(text, bytes) else text


def _either(model: type[Model], relations: Relations, connection: BaseDatabaseWrapper) -> str | None:
    parts = [condition(model, relation(VIEWER), connection) for relation in relations.values()]
    return " or ".join(f"({part})" for part in parts) or None


def _policy(name: str, table: str, command: str, to: str, using: str = "", check: str = "") -> str:
    tail = (f" using ({using})" if using else "") + (f" with check ({check})" if check else "")
    return f"create policy portal_{name} on {table} for {command} to {to}{tail}"


def _viewer_policies(wall: Wall, table: str, connection: BaseDatabaseWrapper) -> Iterator[str]:
    model = wall.model
    read, update = _either(model, wall.read, connection), _either(model, wall.update, connection)
    insert, delete = _either(model, wall.insert, connection), _either(model, wall.delete, connection)
    if read:
        yield _policy("read", table, "select", ACTORS, using=read)
    if insert:
        yield _policy("insert", table, "insert", ACTORS, check=insert)
    if update:
        yield _policy("update", table, "update", ACTORS, using=update, check=update)
    if delete:
        yield _policy("delete", table, "delete", ACTORS, using=delete)


def _job_policies(wall: Wall, table: str, connection: BaseDatabaseWrapper) -> Iterator[str]:
    rows = _either(wall.model, wall.jobs, connection)
    if rows:
        yield _policy("jobs_read", table, "select", "portal_jobs", using=rows)
        # A job may close what it was given: the row may leave its sight by that act.
        yield _policy("jobs_update", table, "update", "portal_jobs", using=rows, check="true")
    if wall.figures:
        fields = [cast("Field[Any, Any]", wall.model._meta.get_field(name)) for name in wall.figures]
        columns = ", ".join(f'"{field.column}"' for field in fields)
        yield f"grant select ({columns}) on {table} to portal_figures"
        yield _policy("figures", table, "select", "portal_figures", using="true")


def _protected(wall: Wall, table: str, connection: BaseDatabaseWrapper) -> Iterator[str]:
    rights = ["insert"] if wall.insert else []
    rights += ["select"] if wall.read or wall.jobs else []
    rights += ["update"] if wall.update or wall.jobs else []
    rights += ["delete"] if wall.delete else []
    yield f"alter table {table} enable row level security"
    if rights:
        yield f"grant {', '.join(rights)} on {table} to {ACTORS}"
    yield from _viewer_policies(wall, table, connection)
    yield from _job_policies(wall, table, connection)


def statements(model: type[Model], connection: BaseDatabaseWrapper) -> Iterator[str]:
    """Yield the statements that give one table its rights and policies."""
    table = connection.ops.quote_name(model._meta.db_table)
    yield f"revoke all on {table} from public, {EVERY_LOGIN}"
    wall = walls.wall_of(model)
    if wall is not None:
        yield from _protected(wall, table, connection)
    elif walls.is_public(model):
        yield f"grant select, insert, update, delete on {table} to {ACTORS}"
        if walls.read_by_figures(model):
            yield f"grant select on {table} to portal_figures"


def _drop_policies(cursor: Any) -> None:
    cursor.execute("select policyname, tablename from pg_policies where schemaname = current_schema()")
    for policy, table in cursor.fetchall():
        cursor.execute(f'drop policy "{policy}" on "{table}"')


def raise_wall(*, using: str = "owner") -> None:
    """Give every table its rights and policies; to be run as the owner."""
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        _drop_policies(cursor)
        # A migrate of a single app leaves later tables for the next one.
        standing = set(connection.introspection.table_names(cursor))
        for model in apps.get_models(include_auto_created=True):
            if model._meta.db_table in standing and not model._meta.proxy:
                for statement in statements(model, connection):
                    cursor.execute(statement)
        cursor.execute(f"grant usage on schema public to {EVERY_LOGIN}")
        cursor.execute(f"grant usage, select on all sequences in schema public to {ACTORS}")
        cursor.execute(f"grant select on django_migrations to {ACTORS}")


def unclassified() -> list[str]:
    """Return the labels of tables that are neither protected, nor public, nor closed."""
    return [
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
        and not model._meta.proxy
        and walls.wall_of(model) is None
        and not walls.is_public(model)
        and not walls.is_closed(model)
    ]
