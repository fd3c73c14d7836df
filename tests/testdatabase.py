"""Making the tests' database, and putting it back as the migrations left it."""

import fcntl
import hashlib
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg2
from django.core.management import call_command
from django.db import connections
from psycopg2 import sql

from portal.demo import servers
from portal.demo.servers import postgres
from portal.privacy import roles
from tests.environment import Place

ROOT = Path(__file__).resolve().parent.parent
COLUMNS = """
    SELECT relname, array_agg(attname::text ORDER BY attnum) FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
    WHERE relnamespace = to_regnamespace(%s) AND relkind = 'r' AND relname <> 'django_migrations'
    AND attnum > 0 AND NOT attisdropped AND attgenerated = '' GROUP BY relname
"""
# A table that was emptied and vacuumed takes no room.
WITH_ROOM = """
    SELECT relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND pg_relation_size(oid) > 0
"""


def prepare(place: Place, *, anew: bool) -> None:
    """Migrate; from nothing when asked or when a migration changed since the last run."""
    mark = place.var / "migrated"
    fingerprint = _fingerprint()
    if anew or not mark.exists() or mark.read_text() != fingerprint:
        mark.unlink(missing_ok=True)
        with _template(place, fingerprint) as template:
            if template is not None and template.exists():
                _create(place)
                load(place.servers, template)
            else:
                _migrate(place, template)
        mark.write_text(fingerprint)
    else:
        call_command("migrate", database="owner", verbosity=0)  # the policies may have changed
    restore(place)


@contextmanager
def _template(place: Place, fingerprint: str) -> Iterator[Path | None]:
    """Give one worker at a time the file that holds the migrated database; None without workers."""
    if place.shared is None:
        yield None
        return
    with (place.shared / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield place.shared / f"template-{fingerprint}"


def _migrate(place: Place, template: Path | None) -> None:
    """Migrate from nothing; leave a copy for the other workers, who would take half a minute each."""
    _create(place)
    call_command("migrate", database="owner", verbosity=0)
    connections.close_all()
    _keep_content(place)
    if template is not None:
        for older in template.parent.glob("template-*"):
            older.unlink()
        _client(place.servers, "pg_dump", "--format=custom", "--compress=0", f"--file={template}.new")
        template.with_name(template.name + ".new").rename(template)


def template(place: Place) -> Path | None:
    """Return the file with the migrated database, once `prepare` has been; None without workers."""
    with _template(place, _fingerprint()) as file:
        return file


def load(held: servers.Servers, template: Path, *options: str) -> None:
    """Bring what another worker migrated into an empty database."""
    with closing(_connect(held)) as connection, connection, connection.cursor() as cursor:
        for name in roles.EXTENSIONS:  # they are in the copy
            cursor.execute(sql.SQL("DROP EXTENSION {}").format(sql.Identifier(name)))
    _client(held, "pg_restore", "--exit-on-error", *options, str(template))


def _client(held: servers.Servers, program: str, *options: str) -> None:
    address = held.superuser_url.rpartition("/")[0] + "/portal"
    command = [str(postgres.programs(held.state) / program), *options, f"--dbname={address}"]
    subprocess.run(command, check=True)


def restore(place: Place) -> None:
    """Empty every table that has rows, and bring back what the migrations wrote where it changed."""
    with closing(_connect(place.servers)) as connection:
        with connection, connection.cursor() as cursor:
            touched = _restore(cursor)
        connection.autocommit = True
        with connection.cursor() as cursor:
            if touched:
                tables = [sql.Identifier("public", name) for name in touched]
                cursor.execute(sql.SQL("VACUUM {}").format(sql.SQL(", ").join(tables)))


def _restore(cursor: Any) -> list[str]:
    """Return the tables that it emptied. One at a time: to truncate them all took a third of a second."""
    cursor.execute("SET LOCAL lock_timeout = '20s'")
    cursor.execute("SET LOCAL session_replication_role = replica")
    written = columns(cursor, "kept")
    changed = _that_hold(cursor, {name: _differs(name, names) for name, names in written.items()})
    cursor.execute(WITH_ROOM)
    filled = [name for (name,) in cursor.fetchall() if name not in written and name != "django_migrations"]
    for name in changed + filled:
        cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier("public", name)))
    for name in changed:
        _bring_back(cursor, name, written[name])
    return changed + filled


def columns(cursor: Any, schema: str) -> dict[str, sql.Composable]:
    """Return the columns of each table that are written, generated ones not."""
    cursor.execute(COLUMNS, [schema])
    return {table: sql.SQL(", ").join(map(sql.Identifier, names)) for table, names in cursor.fetchall()}


def _that_hold(cursor: Any, tests: dict[str, sql.Composable]) -> list[str]:
    """Return for which tables a condition holds, by asking all in one query."""
    asked = [sql.SQL("SELECT {} WHERE {}").format(sql.Literal(name), test) for name, test in tests.items()]
    cursor.execute(sql.SQL(" UNION ALL ").join(asked))
    return [name for (name,) in cursor.fetchall()]


def _has_rows(table: str) -> sql.Composable:
    return sql.SQL("EXISTS (SELECT FROM {})").format(sql.Identifier("public", table))


def _differs(table: str, names: sql.Composable) -> sql.Composable:
    sides = [
        sql.SQL("SELECT {} FROM {}").format(names, sql.Identifier(schema, table))
        for schema in ("public", "kept")
    ]
    return sql.SQL("EXISTS ({0} EXCEPT ALL {1}) OR EXISTS ({1} EXCEPT ALL {0})").format(*sides)


def _bring_back(cursor: Any, table: str, names: sql.Composable) -> None:
    statement = sql.SQL("INSERT INTO {} ({names}) OVERRIDING SYSTEM VALUE SELECT {names} FROM {}")
    own, kept = sql.Identifier("public", table), sql.Identifier("kept", table)
    cursor.execute(statement.format(own, kept, names=names))


def _keep_content(place: Place) -> None:
    """Copy what the migrations wrote into a schema of its own."""
    with closing(_connect(place.servers)) as connection, connection, connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS kept CASCADE; CREATE SCHEMA kept")
        present = columns(cursor, "public")
        for name in _that_hold(cursor, {name: _has_rows(name) for name in present}):
            source, copy = sql.Identifier("public", name), sql.Identifier("kept", name)
            cursor.execute(
                sql.SQL("CREATE TABLE {} AS SELECT {} FROM {}").format(copy, present[name], source)
            )
        cursor.execute("GRANT USAGE ON SCHEMA kept TO portal_owner")
        cursor.execute("GRANT SELECT ON ALL TABLES IN SCHEMA kept TO portal_owner")


def _create(place: Place) -> None:
    servers.recreate(place.servers)
    with closing(_connect(place.servers)) as connection, connection, connection.cursor() as cursor:
        # Only here: lets `as_owner()` build data past the wall inside a test's transaction.
        cursor.execute("GRANT portal_owner TO portal_web, portal_jobs WITH INHERIT FALSE, SET TRUE")
        # And this lets it put rows back without their triggers.
        cursor.execute("GRANT SET ON PARAMETER session_replication_role TO portal_owner")


def _connect(held: servers.Servers, database: str = "portal") -> psycopg2.extensions.connection:
    return psycopg2.connect(held.superuser_url.rpartition("/")[0] + "/" + database)


def _fingerprint() -> str:
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for path in sorted(ROOT.glob("**/migrations/*.py")):
        if ".venv" not in path.parts:
            digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()
