"""Preparing an outside database, on the tests' own server."""

import psycopg2
import pytest
from django.core.management import CommandError, call_command

from portal.privacy import roles
from portal.privacy.management.commands.prepare_database import ADMIN


@pytest.fixture
def outside(place, monkeypatch):
    """Variables for another database of the same server, with the passwords that the logins have."""
    admin = place.servers.superuser_url
    monkeypatch.setenv(ADMIN, admin)
    for role, variable in roles.VARIABLES.items():
        monkeypatch.setenv(variable, place.servers.url(role, "outside"))
    yield place
    connection = psycopg2.connect(admin)
    connection.autocommit = True
    connection.cursor().execute("DROP DATABASE IF EXISTS outside WITH (FORCE)")
    connection.close()


def test_prepares_the_database_and_may_be_repeated(outside):
    call_command("prepare_database")
    call_command("prepare_database")
    owner = psycopg2.connect(outside.servers.url(roles.OWNER, "outside"))
    with owner, owner.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE sample (name text); CREATE INDEX ON sample USING gin (name gin_trgm_ops)"
        )
    owner.close()
    web = psycopg2.connect(outside.servers.url("portal_web", "outside"))
    with pytest.raises(psycopg2.errors.InsufficientPrivilege), web.cursor() as cursor:
        cursor.execute("SELECT FROM sample")
    web.rollback()
    with pytest.raises(psycopg2.errors.InsufficientPrivilege), web.cursor() as cursor:
        cursor.execute("CREATE TABLE other (name text)")
    web.close()


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        (ADMIN, "", f"{ADMIN} is not set."),
        (
            "PORTAL_JOBS_DATABASE_URL",
            "postgresql://somebody:x@127.0.0.1/outside",
            "must sign in as portal_jobs, not as somebody",
        ),
        ("DATABASE_URL", "postgresql://portal_web@127.0.0.1/outside", "holds no password for portal_web"),
        (
            "DATABASE_URL",
            "postgresql://portal_web:x@127.0.0.1/other",
            "more than one database: other, outside",
        ),
    ],
)
def test_names_the_variable_that_is_wrong(outside, monkeypatch, variable, value, sentence):
    monkeypatch.setenv(variable, value)
    with pytest.raises(CommandError, match=sentence):
        call_command("prepare_database")
