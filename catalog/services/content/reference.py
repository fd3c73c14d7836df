"""Loads lists: themes, kinds, audiences, career factors, providers, notices, synonyms."""

from typing import Any

from django.db.models import Model

from catalog import models
from catalog.enums import ProviderKind

Pair = dict[str, str]
# Notices after which nobody is promised silence towards the organiser.
CONFIDENTIAL = frozenset({"none_confidential", "required_frame", "referral_start_end"})
ANSWER_FIRST = frozenset({"ask_approval", "own_manager_cost"})


def both(field: str, pair: Pair | None) -> Pair:
    """Return the two columns of a translated field."""
    found = pair or {}
    return {f"{field}_nl": found.get("nl", "").strip(), f"{field}_en": found.get("en", "").strip()}


def put(model: type[Model], key: str, **values: Any) -> Any:
    """Make the row with this key, or bring it up to date."""
    return model._default_manager.update_or_create(key=key, defaults=values)[0]


def load_lists(lists: dict[str, Any], factors: dict[str, Any]) -> None:
    """Load themes, kinds, audiences and career factors."""
    themes = {}
    for order, row in enumerate(lists["themes"]):
        shown = both("label", row["label"]) | both("description", row["description"])
        themes[row["key"]] = put(
            models.Theme, row["key"], order=order, style=row["style"], icon=row["icon"], **shown
        )
    for order, row in enumerate(lists["kinds"]):
        shown = both("label", row["label"]) | both("description", row["description"])
        rest = {"icon": row["icon"], "schema_type": row.get("schema_type", ""), "theme": themes[row["theme"]]}
        put(models.Kind, row["key"], order=order, **shown, **rest)
    for order, row in enumerate(lists["audiences"]):
        put(models.Audience, row["key"], order=order, **both("label", row["label"]))
    for row in factors["factors"]:
        put(models.CareerFactor, row["key"], order=row["number"], **both("label", row["label"]))


def load_shared(offered: dict[str, Any]) -> None:
    """Load providers and the notices to managers."""
    sources = {ProviderKind.UNIT: offered["units"], ProviderKind.EXTERNAL: offered["external_providers"]}
    for kind, rows in sources.items():
        for order, (key, label) in enumerate(rows.items()):
            put(models.Provider, key, order=order, kind=kind, **both("label", label))
    for key, row in offered["manager_notices"].items():
        put(
            models.ManagerNotice,
            key,
            is_manager_told=row["manager_told"],
            needs_answer=key in ANSWER_FIRST,
            is_list_shown=key not in CONFIDENTIAL,
            **both("shown", row["shown_to_employee"]),
            **both("message", row.get("exact_message")),
        )


def load_synonyms(file: dict[str, Any]) -> None:
    """Load the groups of synonyms; groups that editors added stay."""
    for row in file["groups"]:
        put(models.SynonymGroup, row["key"], dutch=row.get("nl", []), english=row.get("en", []))
