"""Whether a database is where the code expects it to be."""

from django.db import connections
from django.db.migrations.executor import MigrationExecutor


def is_whole(using: str) -> bool:
    """Tell whether every migration is applied; not so half-way back, where today's tables and columns are missing.

    What is made after each migrate (the wall, content) waits for that; until then a table whose policies went with
    its columns shows nobody anything.
    """
    executor = MigrationExecutor(connections[using])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
