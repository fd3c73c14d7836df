"""The database's own logins, one per job (house 4). Used before Django's settings load."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from psycopg2 import sql

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection  # noqa: N812
    from psycopg2.extensions import cursor as Cursor  # noqa: N812

OWNER = "portal_owner"
# What each login is for; `portal.privacy.wall` says what each may see.
ROLES = {
    OWNER: "owns the tables; used for migrations only",
    "portal_web": "serves the pages, for the viewer of the request",
    "portal_jobs": "runs the jobs, for a named viewer under the same policies",
    "portal_figures": "makes figures from columns without person or text",
    "portal_retention": "deletes what has passed its term",
}
VARIABLES = {
    "portal_web": "DATABASE_URL",
    OWNER: "PORTAL_OWNER_DATABASE_URL",
    "portal_jobs": "PORTAL_JOBS_DATABASE_URL",
    "portal_figures": "PORTAL_FIGURES_DATABASE_URL",
    "portal_retention": "PORTAL_RETENTION_DATABASE_URL",
}
EXTENSIONS = ("pg_trgm", "btree_gist", "unaccent")


def prepare(connect: "Callable[[str], Connection]", database: str, passwords: Mapping[str, str]) -> None:
    """Make the roles, the database and its extensions, or bring them up to date; safe to repeat.

    `connect` opens the named database of the server as a superuser.
    """
    with _cursor(connect("postgres")) as cursor:
        for role in ROLES:
            _role(cursor, role, passwords[role])
        _database(cursor, database)
    with _cursor(connect(database)) as cursor:
        _content(cursor)


@contextmanager
def _cursor(connection: "Connection") -> "Iterator[Cursor]":
    """Each statement by itself: a database cannot be made inside a transaction."""
    with closing(connection):
        connection.autocommit = True
        with connection.cursor() as cursor:
            yield cursor


def _role(cursor: "Cursor", role: str, password: str) -> None:
    """Make a login that can neither make roles or databases nor pass by the policies."""
    name = sql.Identifier(role)
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    if cursor.fetchone() is None:
        cursor.execute(sql.SQL("CREATE ROLE {}").format(name))
    rights = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT PASSWORD {}"
    cursor.execute(sql.SQL("ALTER ROLE {} WITH " + rights).format(name, sql.Literal(password)))


def _database(cursor: "Cursor", database: str) -> None:
    name, owner = sql.Identifier(database), sql.Identifier(OWNER)
    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
    if cursor.fetchone() is None:
        options = " OWNER {} TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER builtin LOCALE 'C.UTF-8'"
        cursor.execute(sql.SQL("CREATE DATABASE {}" + options).format(name, owner))
    cursor.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    for role in ROLES:
        cursor.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, sql.Identifier(role)))


def _content(cursor: "Cursor") -> None:
    """Inside the database: extensions, and a schema in which only the owner makes things."""
    for extension in EXTENSIONS:
        cursor.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
    cursor.execute(sql.SQL("ALTER SCHEMA public OWNER TO {}").format(sql.Identifier(OWNER)))
    cursor.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    for role in ROLES:
        if role != OWNER:
            cursor.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(sql.Identifier(role)))
