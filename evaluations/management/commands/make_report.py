"""`manage.py make_report`: asks the worker for the report of one faculty and waits for the file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from evaluations.enums import Period
from evaluations.services.reports import ask
from portal.delivery import jobs
from portal.delivery.enums import JobState
from portal.documents.queries import ownerless_content
from portal.organisation.models import Faculty

PATIENCE = 120


class Command(BaseCommand):
    """Writes one report to a file; ends with 1 and a sentence when there is none to write."""

    help = "Make the PDF report of the released figures of one faculty."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take faculty, period, language and file."""
        parser.add_argument("--faculty", required=True, metavar="CODE")
        parser.add_argument("--period", required=True, metavar="2026Q3")
        parser.add_argument("--language", required=True, choices=[code for code, _name in settings.LANGUAGES])
        parser.add_argument("--out", required=True, type=Path, metavar="FILE")
        parser.add_argument("--timeout", type=float, default=PATIENCE, metavar="SECONDS")

    def handle(self, *args: Any, **options: Any) -> None:
        """Let the worker make the report, then write it down."""
        try:
            period = str(Period.parse(options["period"]))
        except ValueError as error:
            raise CommandError(str(error)) from error
        if not Faculty.objects.filter(code=options["faculty"]).exists():
            raise CommandError(f"There is no faculty with the code {options['faculty']}.")
        job = ask(actor=None, period=period, faculty=options["faculty"], language=options["language"])
        content = self._wait(job, options["timeout"])
        try:
            options["out"].write_bytes(content)
        except OSError as error:
            raise CommandError(f"{options['out']} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{options['out']} written.")

    def _wait(self, job: jobs.Job, seconds: float) -> bytes:
        """Return the file when the worker has made it; CommandError with a sentence otherwise."""
        try:
            done = jobs.wait_for(job, seconds)
        except jobs.JobTimeoutError as error:
            raise CommandError("The worker did not make the report in time; is it running?") from error
        content = ownerless_content(done.result) if done.state == JobState.DONE else None
        if content is None:
            raise CommandError(done.message or "The worker could not make the report.")
        return content
