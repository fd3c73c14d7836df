"""`migrate` as the owner of the tables: the other logins may not change them."""

from django.core.management.base import CommandParser
from django.core.management.commands import migrate


class Command(migrate.Command):
    """Django's own command with another default."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the owner's connection unless another is named."""
        super().add_arguments(parser)
        parser.set_defaults(database="owner")
