"""Turns a relation into SQL once: for the row-level policies, and for every query that asks who may see what.

To build and compile the conditions of the wall anew for each query was a fifth of a page's time.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigIntegerField, BooleanField, Expression, Model, Q
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler

# The names that Django gives to the tables of a subquery.
INNER = re.compile(r"\b([A-Z]+\d+)\b")


@dataclass(frozen=True, slots=True)
class Condition:
    """A filter on one table's own columns: its SQL, which names the table, and the parameters in it."""

    table: str
    sql: str
    params: tuple[Any, ...]

    @property
    def holds_never(self) -> bool:
        """Tell whether no row can meet it."""
        return self.sql == "false"


class Viewer(Expression):
    """Stands for the key of whoever looks, until a query fills it in."""

    output_field = BigIntegerField()

    def as_sql(self, *_args: Any, **_options: Any) -> tuple[str, tuple[Any, ...]]:
        """Return a parameter that is known again."""
        return "%s", (Viewer,)


def condition(model: type[Model], test: Q, connection: BaseDatabaseWrapper) -> Condition:
    """Compile a filter on one table's own columns (and subqueries).

    Raises FieldError for a filter that needs a join: a policy can't have one.
    """
    query = Query(model)
    table = connection.ops.quote_name(query.get_initial_alias())
    where = query.build_where(test)
    try:
        sql, params = where.as_sql(query.get_compiler(connection=connection), connection)
    except FullResultSet:
        return Condition(table, "true", ())
    except EmptyResultSet:
        return Condition(table, "false", ())
    # Names of their own, so that nothing inside means a table of the query around it.
    return Condition(table, INNER.sub(r"wall_\1", sql), tuple(params))


class Sight(Expression):
    """Holds for the rows of the query's own table that meet a compiled condition for this viewer."""

    conditional = True
    output_field = BooleanField()
    alias = ""

    def __init__(self, held: Condition, viewer: int) -> None:
        """Take the condition and the key of whoever looks."""
        super().__init__()
        self.held, self.viewer = held, viewer

    def resolve_expression(self, query: Any = None, *args: Any, **kwargs: Any) -> Self:
        """Tie it to the table of the query that it filters, which stays so when that is put into another."""
        if self.alias:
            return self
        tied = self.copy()
        tied.alias = query.get_initial_alias()
        return tied

    def relabeled_clone(self, change_map: Mapping[str, str]) -> Self:
        """Follow the table to its new name."""
        moved = self.copy()
        moved.alias = change_map.get(self.alias, self.alias)
        return moved

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_options: Any
    ) -> tuple[str, tuple[Any, ...]]:
        """Return the condition on the table under the name that it has here."""
        name = compiler.quote_name_unless_alias(self.alias)
        sql = self.held.sql.replace(f"{self.held.table}.", f"{name}.")
        return f"({sql})", tuple(self.viewer if value is Viewer else value for value in self.held.params)
