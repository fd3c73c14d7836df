"""Loads the sample catalogue. Safe to repeat: rows are found by their stable key and brought up to date."""

from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from catalog.services.content import interventions, offerings, reference
from catalog.services.search_index import rebuild
from portal import files

FOLDER = Path(__file__).resolve().parents[2] / "content"


def read(name: str) -> dict[str, Any]:
    """Return one file of `content/`."""
    return files.read(FOLDER / f"{name}.yaml")


def search_words() -> dict[str, tuple[str, str]]:
    """Return the everyday words by which people look for an item: key -> Dutch, English."""
    lines = (FOLDER / "search_words.txt").read_text(encoding="utf-8").splitlines()
    found: dict[str, tuple[str, str]] = {}
    for line in lines:
        if line and not line.startswith("#"):
            key, *spoken = (part.strip() for part in line.split("|"))
            before = found.get(key, ("", ""))
            dutch, english = (", ".join(filter(None, pair)) for pair in zip(before, spoken, strict=True))
            found[key] = dutch, english
    return found


@transaction.atomic
def load(*, today: date, actor: object = None) -> dict[str, int]:
    """Load lists, offerings and interventions; relative dates count from `today`. Returns how many of each."""
    offered = read("offerings")
    drafts = read("drafts")["offerings"]
    reference.load_lists(read("portal"), read("career_factors"))
    reference.load_shared(offered)
    reference.load_synonyms(read("synonyms"))
    counts = {
        "offerings": offerings.load_offerings(offered, drafts, search_words(), today=today),
        "interventions": interventions.load_interventions(read("interventions"), search_words()),
    }
    rebuild(actor=actor)
    return counts
