"""Measures search quality."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from catalog.queries import quality
from catalog.queries.found import found_items
from catalog.services import content
from portal import files

DEPTH = 20


class Command(BaseCommand):
    """`manage.py search_quality [FILE] [--seed N] [--misses] [--json]`."""

    help = "Print how often the best item comes first, and a good one in the first five, for both halves."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add the file of queries."""
        parser.add_argument("file", nargs="?", type=Path, default=content.FOLDER / "search_queries.yaml")
        parser.add_argument("--seed", type=int, default=quality.SEED)
        parser.add_argument(
            "--misses", action="store_true", help="name the queries of the judging half that miss"
        )
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure both halves, and write the rates."""
        if not options["file"].is_file():
            raise CommandError(f"There is no file {options['file']}.")
        rows = files.read(options["file"])["queries"]
        tuned, judged = (quality.judge(half, _find) for half in quality.halves(rows, options["seed"]))
        answer: dict[str, Any] = {"tuned_on": quality.rates(tuned), "judged_on": quality.rates(judged)}
        if options["misses"]:
            answer["misses"] = [
                {"q": row.q, "expected": row.expected, "found": row.found[: quality.FIRST]}
                for row in judged
                if not row.is_first
            ]
        if options["as_json"]:
            json.dump(answer, sys.stdout, ensure_ascii=False)
            sys.stdout.write("\n")
            return
        for name, rates in (("tuned on", answer["tuned_on"]), ("judged on", answer["judged_on"])):
            line = f"{name}: {rates['queries']} queries, first {rates['first']:.1%}, first five {rates['first_five']:.1%}\n"
            sys.stdout.write(line)


def _find(text: str, language: str) -> list[str]:
    with override(language):
        return [str(item["key"]) for item in found_items(text, DEPTH)]
