"""Makes the first administrator of a new portal."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from portal.people.errors import AlreadyHeldError
from portal.people.services.roles import first_administrator


class Command(BaseCommand):
    """Run once on a new portal; all other roles are given on its own pages."""

    help = "Makes the first administrator, who chooses a password through the sign-in page."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the person's address and name."""
        parser.add_argument("email")
        parser.add_argument("given_name")
        parser.add_argument("surname")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the administrator, or say why not."""
        try:
            validate_email(options["email"])
            user = first_administrator(
                email=options["email"], given_name=options["given_name"], surname=options["surname"]
            )
        except ValidationError:
            raise CommandError(f"{options['email']} is not an e-mail address.") from None
        except AlreadyHeldError:
            raise CommandError("There is an administrator already; roles are given on /beheer/.") from None
        self.stderr.write(f"{user.email} is the administrator. Choose a password on the sign-in page.")
