"""Prepares an outside database: the logins, the database and its extensions."""

import os
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

import psycopg2
from django.core.management.base import BaseCommand, CommandError

from portal import env
from portal.privacy import roles

ADMIN = "PORTAL_ADMIN_DATABASE_URL"


class Command(BaseCommand):
    """Needs a superuser once, in a variable that the portal itself never gets."""

    help = (
        f"Make the logins that the database variables name ({', '.join(roles.VARIABLES.values())}), their database "
        f"and its extensions, through the superuser in {ADMIN}. Safe to repeat, also to change passwords."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the variables, then prepare."""
        database, passwords = _wanted()
        admin = urlsplit(_given(ADMIN))

        def connect(name: str) -> "psycopg2.extensions.connection":
            return psycopg2.connect(urlunsplit(admin._replace(path="/" + name)), connect_timeout=10)

        try:
            roles.prepare(connect, database, passwords)
        except psycopg2.Error as error:
            raise CommandError(f"The database could not be prepared: {error}") from error
        self.stderr.write(f"The database {database} is prepared. Next: manage.py migrate")


def _wanted() -> tuple[str, dict[str, str]]:
    """Return the database's name and each login's password; all variables must agree."""
    passwords, databases = {}, set()
    for role, variable in roles.VARIABLES.items():
        parts = urlsplit(_given(variable))
        if parts.username != role:
            raise CommandError(f"{variable} must sign in as {role}, not as {parts.username}.")
        if not parts.password:
            raise CommandError(f"{variable} holds no password for {role}.")
        passwords[role] = unquote(parts.password)
        databases.add(unquote(parts.path.strip("/")))
    if len(databases) != 1:
        raise CommandError(f"The variables name more than one database: {', '.join(sorted(databases))}.")
    return databases.pop(), passwords


def _given(variable: str) -> str:
    if not os.environ.get(variable):
        raise CommandError(f"{variable} is not set.")
    env.database(variable)
    return env.text(variable)
