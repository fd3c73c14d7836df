"""The parts of an offering that only some kinds have, ready to be shown, with real dates and names."""

from datetime import date
from typing import Any

from django.utils.text import slugify

from catalog.services.content.dates import in_months

Row = dict[str, Any]
# Copied as they are; their texts are pairs of languages.
AS_IT_IS = (
    "story", "gig", "shadowing", "vacancy", "ambassadors", "job_map", "oversubscription",
)  # fmt: skip


def details(row: Row, file: Row, today: date) -> Row:
    """Return the extra parts of this offering: steps, evidence, and what belongs to its kind."""
    found: Row = {name: row[name] for name in AS_IT_IS if name in row}
    if "story" in found:  # its text has columns of its own
        found["story"] = {name: value for name, value in row["story"].items() if name != "text"}
    if "scheme" in row:
        found["scheme"] = _scheme(row["scheme"], today)
    if "situations" in row:
        found["situations"] = [_situation(situation, file) for situation in row["situations"]]
    if "programme" in row:
        found["speed_dates"] = _speed_dates(row["programme"], file)
    for name in ("gig", "vacancy"):
        if name in found:
            found[name] = found[name] | {"where": _place(found[name], file)}
    return found | {"steps": _steps(row, file), "evidence": row.get("evidence", {})}


def _steps(row: Row, file: Row) -> list[Row]:
    labels = file["enrolment_step_types"]
    return [
        {
            "step": step["step"],
            "days": days,
            "label": labels[step["step"]],
            "note": step.get("note"),
            "when": when(days),
        }
        for step in row.get("enrolment_steps", [])
        for days in [int(step["when"].rstrip("d")) if step.get("when") else None]
    ]


def when(days: int | None) -> Row | None:
    """Put days before (-14) or after (14) into words, in both languages."""
    if not days:
        return None
    weeks, rest = divmod(abs(days), 7)
    number, plural = (weeks, "week") if not rest and weeks else (abs(days), "day")
    names = {"week": (("week", "weken"), ("week", "weeks")), "day": (("dag", "dagen"), ("day", "days"))}[
        plural
    ]
    dutch, english = (names[at][number != 1] for at in (0, 1))
    side = ("vooraf", "before") if days < 0 else ("na afloop", "afterwards")
    return {"nl": f"{number} {dutch} {side[0]}", "en": f"{number} {english} {side[1]}"}


def _scheme(scheme: Row, today: date) -> Row:
    return scheme | {
        "valid_from": in_months(today, -scheme["valid_from_months_ago"]).isoformat(),
        "valid_until": in_months(today, scheme["valid_until_months"]).isoformat(),
    }


def _place(row: Row, file: Row) -> Row:
    """Return the names of the unit or employer."""
    found: Row = (
        file["units"].get(row.get("unit") or row.get("host_unit"))
        or file["external_providers"].get(row.get("employer"))
        or file["faculties"].get(row.get("faculty"))
        or {}
    )
    return found


def _speed_dates(programme: Row, file: Row) -> list[Row]:
    names = {**file["units"], **file["external_providers"]}
    return [
        part["speed_dates"]
        | {"title": part["title"], "hosts": [names[key] for key in part["speed_dates"]["hosts"]]}
        for part in programme["parts"]
        if "speed_dates" in part
    ]


def _situation(situation: Row, file: Row) -> Row:
    """Return a manager's situation with what to offer as titles and addresses."""
    titles = {row["key"]: row["title"] for row in file["offerings"]}
    offers = [
        {"slug": slug_of(titles[key]), "title": titles[key]} for key in situation["offer"] if key in titles
    ]
    return situation | {"offer": offers}


def slug_of(title: dict[str, str]) -> str:
    """Return the address of an item: its Dutch title in plain letters."""
    return slugify(title["nl"])[:80].strip("-")
