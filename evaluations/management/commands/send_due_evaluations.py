"""`manage.py send_due_evaluations`: the scan of the scheduler, by hand."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from evaluations.services.sending import send_due
from portal import clock
from portal.people.models import User


def day(text: str) -> date:
    """Read a day; the refusal says how one looks."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is not a day such as 2026-11-30.") from error


def person(email: str) -> User:
    """Find somebody; the refusal names the address."""
    found = User.objects.filter(email__iexact=email).first()
    if found is None:
        raise ArgumentTypeError(f"Nobody has the address {email!r}.")
    return found


class Command(BaseCommand):
    """Queues the surveys and reminders that are due; running it again queues nothing new."""

    help = "Queue the surveys and reminders that are due."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the day to look at, and whom to look at when it is one person."""
        parser.add_argument("--as-of", type=day, default=None, metavar="YYYY-MM-DD")
        parser.add_argument("--participant", type=person, default=None, metavar="E-MAIL")

    def handle(self, *args: Any, **options: Any) -> None:
        """Scan once and say how many mails were queued."""
        sent = send_due(as_of=options["as_of"] or clock.today(), participant=options["participant"])
        self.stdout.write(
            f"{sent.queued} queued: {sent.invitations} surveys, {sent.reminders} reminders; {sent.closed} closed."
        )
