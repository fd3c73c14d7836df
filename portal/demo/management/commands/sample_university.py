"""Fills an empty database with the sample university."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal import clock
from portal.demo import sample
from portal.demo.models import Sample
from portal.demo.sample.world import World
from portal.people.models import User

EMPLOYEES = 420


class Command(BaseCommand):
    """Refuses a database that holds anything else; the same sample twice changes nothing."""

    help = "Make the sample university: people, offerings, trajectories and released figures."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Size, dice and day."""
        parser.add_argument(
            "--employees", type=int, default=EMPLOYEES, help=f"how many people (default {EMPLOYEES})"
        )
        parser.add_argument("--years", type=int, default=1, help="how many years of history (default 1)")
        parser.add_argument("--seed", type=int, default=7, help="the same seed makes the same sample")
        parser.add_argument("--today", type=date.fromisoformat, help="the day of the sample, YYYY-MM-DD")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the sample, or say why not."""
        asked = {key: options[key] for key in ("employees", "years", "seed")}
        if not 60 <= asked["employees"] <= 20000 or not 1 <= asked["years"] <= 10:
            raise CommandError("The sample takes 60 to 20000 employees and 1 to 10 years.")
        today = options["today"]
        if Sample.objects.filter(**asked, **({"today": today} if today else {})).exists():
            self.stdout.write("The sample university is there already; nothing changes.")
            return
        if User.objects.exists():
            raise CommandError("This database is not empty. The sample university needs an empty one.")
        world = World(**asked, today=today or clock.today())
        sample.make(world)
        self.stdout.write(f"The sample university stands: {len(world.people)} people.")
