"""Loads the interventions with their structured parts."""

from typing import Any

from django.utils.text import slugify

from catalog import models
from catalog.enums import Part
from catalog.services.content.figures import figure_text
from catalog.services.content.reference import both, put

# Figures that still have to be checked come from sources of these years (decision 20).
UNCHECKED_YEARS = "2019-2021"


def load_interventions(file: dict[str, Any], spoken: dict[str, tuple[str, str]]) -> int:
    """Load domains, goals and interventions; returns how many interventions there are."""
    domains = {row["key"]: _domain(row) for row in file["domains"]}
    for row in file["goals"]:
        models.InterventionGoal.objects.update_or_create(
            domain=domains[row["domain"]], actor=row["audience"], defaults=both("label", row["label"])
        )
    loaded = {
        row["key"]: _intervention(row, domains, spoken.get(row["key"], ("", "")))
        for row in file["interventions"]
    }
    for row in file["interventions"]:
        loaded[row["key"]].links.set(
            loaded[key] for key in {*row.get("links", []), row.get("same_content_as")} if key in loaded
        )
    return len(loaded)


def _domain(row: dict[str, Any]) -> models.InterventionDomain:
    names = both("label", row["label"]) | both("source_name", row["source_name"])
    found: models.InterventionDomain = put(
        models.InterventionDomain,
        row["key"],
        order=row["order"],
        **names,
        **both("description", row["description"]),
    )
    return found


def _intervention(
    row: dict[str, Any], domains: dict[str, models.InterventionDomain], spoken: tuple[str, str]
) -> models.Intervention:
    found: models.Intervention = put(
        models.Intervention,
        row["key"],
        code=row["code"],
        slug=slugify(row["title"]["nl"])[:100],
        domain=domains[row["domain"]],
        actor=row["audience"],
        number=row["number"],
        **both("title", row["title"]),
        **both("why", row["why"]),
        **both("keywords", dict(zip(("nl", "en"), spoken, strict=True))),
    )
    _parts(found, Part.HOW, row.get("how_it_works", []))
    _parts(found, Part.WATCH_OUT, [{"points": [point]} for point in row.get("watch_outs", [])])
    _parts(found, Part.PRECONDITION, row.get("preconditions", []))
    _figures(found, row.get("figures", []))
    for order, reading in enumerate(row.get("further_reading", [])):
        found.readings.update_or_create(order=order, defaults=both("name", reading["name"]))
    return found


def _parts(intervention: models.Intervention, part: Part, rows: list[dict[str, Any]]) -> None:
    for order, row in enumerate(rows):
        points = {
            language: "\n".join(point[language].strip() for point in row.get("points", []))
            for language in ("nl", "en")
        }
        values = both("title", row.get("title") or row.get("name")) | both("points", points)
        intervention.parts.update_or_create(part=part, order=order, defaults=values)
    intervention.parts.filter(part=part, order__gte=len(rows)).delete()


def _figures(intervention: models.Intervention, rows: list[dict[str, Any]]) -> None:
    for order, row in enumerate(rows):
        unchecked = row.get("check_before_use", False)
        intervention.figures.update_or_create(
            order=order,
            defaults={
                **both("label", row["label"]),
                **both("text", figure_text(row)),
                "years": str(row.get("period") or (UNCHECKED_YEARS if unchecked else "")),
                "is_checked": not unchecked,
            },
        )
    intervention.figures.filter(order__gte=len(rows)).delete()
