"""`manage.py make_report`: asks the worker for the report of one faculty and waits for the file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from evaluations.enums import Period, ReleaseState
from evaluations.models import Release, Report
from evaluations.services.reports import ask
from portal.delivery import jobs
from portal.delivery.enums import JobState
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
        """Find the release, let the worker make the report, write it down."""
        report = self._report(options["faculty"], options["period"], options["language"])
        content = report.content or self._made(report, options["timeout"])
        try:
            options["out"].write_bytes(bytes(content))
        except OSError as error:
            raise CommandError(f"{options['out']} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{options['out']} written.")

    def _report(self, code: str, period: str, language: str) -> Report:
        try:
            quarter = str(Period.parse(period))
        except ValueError as error:
            raise CommandError(str(error)) from error
        faculty = Faculty.objects.filter(code=code).first()
        if faculty is None:
            raise CommandError(f"There is no faculty with the code {code}.")
        release = Release.objects.filter(period=quarter, state=ReleaseState.RELEASED).first()
        if release is None:
            raise CommandError(f"The figures of {quarter} have not been released.")
        found = Report.objects.filter(release=release, faculty=faculty, language=language).first()
        if found is None:
            raise CommandError(f"The faculty {code} was not part of the release of {quarter}.")
        return found

    def _made(self, report: Report, seconds: float) -> bytes:
        try:
            job = jobs.wait_for(ask(actor=None, report=report), seconds)
        except jobs.JobTimeoutError as error:
            raise CommandError("The worker did not make the report in time; is it running?") from error
        report.refresh_from_db()
        if job.state != JobState.DONE or report.content is None:
            raise CommandError(job.message or "The worker could not make the report.")
        return bytes(report.content)
