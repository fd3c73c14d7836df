"""Loads the sample catalogue."""

import argparse
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from catalog.services import content
from portal import clock


class Command(BaseCommand):
    """`manage.py load_catalogue [--today YYYY-MM-DD]`."""

    help = "Load the sample catalogue, or bring it up to date. Relative dates count from --today."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add the day from which dates count."""
        parser.add_argument("--today", type=date.fromisoformat, default=None)

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say how much."""
        counts = content.load(today=options["today"] or clock.today())
        self.stderr.write(", ".join(f"{number} {name}" for name, number in counts.items()))
