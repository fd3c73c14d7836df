"""Loads the sample rules. Safe to repeat: a version is found by its key and first day."""

from pathlib import Path
from typing import Any

from django.db import transaction

from portal import files
from portal.entitlements.models import EntitlementRule

FILE = Path(__file__).resolve().parents[1] / "content" / "rules.yaml"
HUNDREDTHS = ("yearly", "cap")
TRANSLATED = ("label", "text", "source")


@transaction.atomic
def load_rules(*, actor: object = None) -> int:
    """Make every rule of the file, or bring it up to date; return how many there are."""
    rows = files.read(FILE)["rules"]
    for order, row in enumerate(rows):
        found = {"key": row.pop("key"), "valid_from": row.pop("valid_from")}
        EntitlementRule.objects.update_or_create(**found, defaults={"order": order, **_columns(row)})
    return len(rows)


def _columns(row: dict[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in row.items():
        if name in TRANSLATED:
            values |= {f"{name}_{code}": text for code, text in value.items()}
        else:
            values[name] = round(value * 100) if name in HUNDREDTHS else value
    return values
