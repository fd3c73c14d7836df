"""Puts the sources' figures into words, in Dutch and English."""

from typing import Any

Row = dict[str, Any]

# Unit -> words after the number. Units of money are written before it.
WORDS = {
    "nl": {
        "collective_agreements": "cao's", "days": "dagen", "days_per_year": "dagen per jaar",
        "employees": "medewerkers", "forms": "vormen", "goals": "doelen", "half_days": "dagdelen",
        "hours_per_employee": "uur per medewerker", "hours_per_week": "uur per week", "minutes": "minuten",
        "months": "maanden", "people": "mensen", "percent": "", "percent_of_costs": "% van de kosten",
        "percent_of_gross_wages": "% van de loonsom", "plans": "plannen", "steps": "stappen",
        "workshops": "workshops", "years": "jaar", "eur_per_application": "per aanvraag",
        "eur_per_employee": "per medewerker", "eur_per_hour": "per uur", "eur_per_year": "per jaar",
    },
    "en": {
        "collective_agreements": "collective agreements", "days": "days", "days_per_year": "days a year",
        "employees": "employees", "forms": "forms", "goals": "goals", "half_days": "half-days",
        "hours_per_employee": "hours per employee", "hours_per_week": "hours a week", "minutes": "minutes",
        "months": "months", "people": "people", "percent": "", "percent_of_costs": "% of the costs",
        "percent_of_gross_wages": "% of gross wages", "plans": "plans", "steps": "steps",
        "workshops": "workshops", "years": "years", "eur_per_application": "per application",
        "eur_per_employee": "per employee", "eur_per_hour": "an hour", "eur_per_year": "a year",
    },
}  # fmt: skip
# The first shape whose fields are all there is the one to use.
SHAPES = {
    "nl": (
        (("from", "to"), "van {from} tot {to}"), (("min", "max"), "{min} tot {max}"),
        (("value", "of"), "{value} van de {of}"), (("value", "baseline"), "{value} tegenover {baseline}"),
        (("min",), "minstens {min}"), (("max",), "hoogstens {max}"), (("value",), "{value}"),
    ),
    "en": (
        (("from", "to"), "from {from} to {to}"), (("min", "max"), "{min} to {max}"),
        (("value", "of"), "{value} of the {of}"), (("value", "baseline"), "{value} against {baseline}"),
        (("min",), "at least {min}"), (("max",), "at most {max}"), (("value",), "{value}"),
    ),
}  # fmt: skip
MONEY = {"nl": "€ {}", "en": "€{}"}


def figure_text(row: Row) -> dict[str, str]:
    """Return a figure in words: a value, a range, a least value, or a change."""
    return {language: _text(row, language) for language in ("nl", "en")}


def _text(row: Row, language: str) -> str:
    shape = next(words for fields, words in SHAPES[language] if all(field in row for field in fields))
    unit = row["unit"]
    written = {
        name: _number(row[name], unit, language)
        for name in ("value", "min", "max", "from", "to", "of", "baseline")
        if name in row
    }
    text = f"{shape.format(**written)} {WORDS[language].get(unit, '')}".strip()
    return text.replace(" %", "%")


def _number(value: float, unit: str, language: str) -> str:
    text = f"{value:,}"
    if language == "nl":
        text = text.translate(str.maketrans(",.", ".,"))
    percent = "%" if unit == "percent" else ""
    money = MONEY[language] if unit.startswith("eur") else "{}"
    return money.format(text) + percent
