"""`manage.py send_due_evaluations`: the scan of the scheduler, by hand."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from evaluations.services.sending import send_due
from portal import clock


class Command(BaseCommand):
    """Queues the surveys and reminders that are due; running it again queues nothing new."""

    help = "Queue the surveys and reminders that are due."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the day to look at."""
        parser.add_argument("--as-of", type=date.fromisoformat, default=None, metavar="YYYY-MM-DD")

    def handle(self, *args: Any, **options: Any) -> None:
        """Scan once and say how many mails were queued."""
        sent = send_due(as_of=options["as_of"] or clock.today())
        self.stdout.write(
            f"{sent.queued} queued: {sent.invitations} surveys, {sent.reminders} reminders; {sent.closed} closed."
        )
