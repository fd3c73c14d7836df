"""Locks by name, held until the transaction ends."""

from django.db import connection


def hold(what: str, key: int) -> None:
    """Wait for the lock on one thing, so that two workers take turns."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext(%s), %s)", [f"evaluations.{what}", key])
