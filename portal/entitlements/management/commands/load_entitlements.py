"""Loads the sample rules of what employees are entitled to."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.entitlements.services.content import load_rules


class Command(BaseCommand):
    """`manage.py load_entitlements`."""

    help = "Load the sample rules for budgets, days and rights, or bring them up to date."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say how many; the worker's scan books the amounts."""
        self.stderr.write(f"{load_rules()} rules")
