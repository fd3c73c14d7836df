"""The parts of a card that only some kinds have, as a table: which fields, and how they are typed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.workflow import LANGUAGE_NAMES, LANGUAGES
from portal.interface.forms import DateInput
from portal.people.enums import Language

Make = Callable[..., forms.Field]
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Extra:
    """One field of a kind's part; a pair has a text in each language."""

    name: str
    label: str | Promise
    make: Make = forms.CharField
    is_pair: bool = False


def _number(**given: Any) -> forms.Field:
    return forms.IntegerField(min_value=0, max_value=1_000_000, **given)


def _decimal(**given: Any) -> forms.Field:
    return forms.FloatField(min_value=0, max_value=100, **given)


def _day(**given: Any) -> forms.Field:
    return forms.DateField(widget=DateInput, **given)


def _languages(**given: Any) -> forms.Field:
    return forms.MultipleChoiceField(choices=Language.choices, widget=forms.CheckboxSelectMultiple, **given)


def _text_load(**given: Any) -> forms.Field:
    levels = [
        ("", "-"),
        ("low", _("little text")),
        ("medium", _("a fair amount of text")),
        ("high", _("much text")),
    ]
    return forms.ChoiceField(choices=levels, **given)


PARTS: dict[str, tuple[Extra, ...]] = {
    "story": (
        Extra("person", _("Who tells it")),
        Extra("minutes", _("Minutes"), _number),
        Extra("captions", _("Subtitles"), _languages),
        Extra("audio_description", _("With audio description"), forms.BooleanField),
    ),
    "vacancy": (
        Extra("where", _("Where"), is_pair=True),
        Extra("ufo_profile", _("Job profile"), is_pair=True),
        Extra("level", _("Level"), _number),
        Extra("scale", _("Scale")),
        Extra("fte", _("Size in full-time posts"), _decimal),
        Extra("contract", _("Contract"), is_pair=True),
        Extra("salary_text", _("Salary"), is_pair=True),
        Extra("positions", _("Posts"), _number),
        Extra("apply_url", _("Address for applying"), forms.URLField),
    ),
    "gig": (
        Extra("learning_aim", _("You learn"), is_pair=True),
        Extra("where", _("Where"), is_pair=True),
        Extra("hours_per_week", _("Hours a week"), _number),
        Extra("weeks", _("Weeks"), _number),
        Extra("places", _("People wanted"), _number),
    ),
    "shadowing": (
        Extra("host_name", _("Host")),
        Extra("host_role", _("The host's work"), is_pair=True),
        Extra("bring", _("Bring"), is_pair=True),
        Extra("accessible", _("The place is accessible."), forms.BooleanField),
    ),
    "scheme": (
        Extra("amount_per_year_eur", _("Euros a year"), _number),
        Extra("saving_limit_eur", _("To be saved up to, in euros"), _number),
        Extra("days_per_year", _("Days a year"), _number),
        Extra("pro_rata", _("In proportion to your hours"), forms.BooleanField),
        Extra("repayment_years", _("Years in which to pay back"), _number),
        Extra("valid_from", _("Valid from"), _day),
        Extra("valid_until", _("Valid until"), _day),
        Extra("source_text", _("Source"), is_pair=True),
        Extra("check_before_use", _("Check before use"), forms.BooleanField),
    ),
    "evidence": (
        Extra("validated", _("Validated"), forms.BooleanField),
        Extra("norm_group", _("Compared with"), is_pair=True),
        Extra("who_sees_result", _("Who sees the result"), is_pair=True),
        Extra("processor", _("Who processes the answers"), is_pair=True),
        Extra("reading_level", _("Reading level")),
        Extra("text_load", _("How much there is to read"), _text_load),
        Extra("qualification_needed", _("A qualified advisor only"), forms.BooleanField),
    ),
}
NEEDED = {
    "gig": ("hours_per_week", "weeks", "places"),
    "vacancy": ("positions",),
    "scheme": ("valid_from", "valid_until"),
}
PART_OF = {
    "stories_videos": "story",
    "vacancies_internal": "vacancy",
    "vacancies_external": "vacancy",
    "gigs_marketplace": "gig",
    "shadowing_day": "shadowing",
    "scheme": "scheme",
    "individual_budget": "scheme",
    "tests_assignments": "evidence",
    "career_self_test": "evidence",
    "labour_market_scan": "evidence",
}
# Kinds whose own dates count, beside those of the card's part.
DATED = {"vacancy": ("closes_on", "internal_until"), "gig": ("closes_on", "starts_on")}


def part_of(card: dict[str, Any]) -> str:
    """Return which part this card has besides the common ones, or nothing."""
    there = [name for name in PARTS if card["details"].get(name)]
    return PART_OF.get(card["kind"], there[0] if there else "")


def fields_of(part: str) -> Iterator[tuple[str, Extra, str]]:
    """Yield the form's names of a part's fields, with the field and its language (or none)."""
    for extra in PARTS.get(part, ()):
        for code in LANGUAGES if extra.is_pair else ("",):
            yield f"{part}__{extra.name}" + (f"_{code}" if code else ""), extra, code


def make(extra: Extra, code: str, part: str) -> forms.Field:
    """Return the form field of one field of a part."""
    label = f"{extra.label} ({LANGUAGE_NAMES[code]})" if code else extra.label
    more: dict[str, Any] = {"max_length": LONGEST} if extra.make in {forms.CharField, forms.URLField} else {}
    if extra.make is forms.URLField:
        more["assume_scheme"] = "https"
    is_needed = extra.name in NEEDED.get(part, ())
    return extra.make(label=label, required=is_needed and extra.make is not forms.BooleanField, **more)


def shown(card: dict[str, Any], part: str) -> dict[str, Any]:
    """Return what the fields of a part show."""
    values = card["details"].get(part) or {}
    found = {}
    for name, extra, code in fields_of(part):
        value = values.get(extra.name)
        found[name] = (value or {}).get(code, "") if code else value
    return found


def typed(card: dict[str, Any], part: str, cleaned: dict[str, Any]) -> dict[str, Any]:
    """Return the details of a card with what was typed in the fields of a part; the rest of it stays."""
    if not part:
        return dict(card["details"])
    values = dict(card["details"].get(part) or {})
    for name, extra, code in fields_of(part):
        value = cleaned[name]
        value = value.isoformat() if isinstance(value, date) else value
        if code:
            values[extra.name] = {**(values.get(extra.name) or {}), code: value}
        elif value in (None, "") and extra.name not in values:
            continue
        else:
            values[extra.name] = value
    return {**card["details"], part: values}
