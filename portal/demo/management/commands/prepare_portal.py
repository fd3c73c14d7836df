"""Brings database and static files up to date; with content when the database is empty."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections

from portal.delivery import health
from portal.demo.supervisor import UNFINISHED
from portal.people.models import User


class Command(BaseCommand):
    """Safe to repeat; `make run` calls it at every start."""

    help = "Migrate, collect the static files and make sample content once."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Do the steps in the order in which they need each other."""
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        if settings.DEMO and not User.objects.using("owner").exists():
            self.stderr.write("Making the sample university; this happens once.")
            unfinished = settings.VAR / UNFINISHED
            unfinished.touch()
            call_command("sample_university", stdout=self.stderr)
            unfinished.unlink()
        health.forget()
        connections.close_all()
