"""Building data past the wall, inside the test's own transaction."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, transaction

from portal.privacy.roles import OWNER


@contextmanager
def as_owner(using: str = "default") -> Iterator[None]:
    """Act as the tables' owner, whom the policies do not hold. Possible in the tests' database only."""
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute("SELECT current_setting('role')")
        (before,) = cursor.fetchone()
        cursor.execute(f"SET LOCAL ROLE {OWNER}")
        yield
        # After an error the rollback to the savepoint brings the earlier role back by itself.
        cursor.execute(f"SET LOCAL ROLE {before}")
