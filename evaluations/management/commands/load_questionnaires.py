"""`manage.py load_questionnaires`: brings questionnaires and indicators up to date with `content/`."""

from typing import Any

from django.core.management.base import BaseCommand

from evaluations.services.content import load


class Command(BaseCommand):
    """Loads the content of evaluations; running it again changes nothing."""

    help = "Load questionnaires and indicators."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load everything."""
        load()
        self.stdout.write("Questionnaires and indicators loaded.")
