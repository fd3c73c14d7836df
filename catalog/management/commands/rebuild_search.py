"""Rebuilds the search index."""

from typing import Any

from django.core.management.base import BaseCommand

from catalog.services.search_index import rebuild


class Command(BaseCommand):
    """`manage.py rebuild_search`."""

    help = "Make the catalogue's search index and lexicon anew, for example after a change of synonyms."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild, and say how much."""
        self.stderr.write(f"{rebuild()} items can be found")
