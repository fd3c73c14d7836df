"""Searches the catalogue from the command line, as everybody who is signed in sees it."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import override

from catalog.queries.found import found_items

LANGUAGES = ("nl", "en")


class Command(BaseCommand):
    """`manage.py search_offerings QUERY --language nl --json`, or `--file FILE` with lines `nl<TAB>query`."""

    help = "Search offerings and interventions; JSON on stdout, best first."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add the query or a file of queries."""
        parser.add_argument("query", nargs="?", default="")
        parser.add_argument("--file", type=Path)
        parser.add_argument("--language", choices=LANGUAGES, default="nl")
        parser.add_argument("--json", action="store_true", dest="as_json")
        parser.add_argument("--limit", type=int, default=20)

    def handle(self, *args: Any, **options: Any) -> None:
        """Search, and write what was found."""
        limit = options["limit"]
        if options["file"]:
            lines = options["file"].read_text(encoding="utf-8").splitlines()
            asked = [line.split("\t", 1) for line in lines if "\t" in line]
            answer: Any = {text: _search(text, language, limit) for language, text in asked}
        else:
            answer = _search(options["query"], options["language"], limit)
        if options["as_json"] or options["file"]:
            json.dump(answer, sys.stdout, ensure_ascii=False)
            sys.stdout.write("\n")
        else:
            sys.stdout.writelines(f"{item['title']} ({item['kind']})\n" for item in answer)


def _search(text: str, language: str, limit: int) -> list[dict[str, str | None]]:
    with override(language if language in LANGUAGES else "nl"):
        return found_items(text, limit)
