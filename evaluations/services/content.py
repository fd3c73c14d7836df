"""Loading of questionnaires and indicators from `content/`; running it again changes nothing."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Model

from catalog.services.content import read as catalogue
from evaluations.enums import Kind, Mode, QuestionKind
from evaluations.models import Indicator, Option, Question, Questionnaire
from portal import files

FOLDER = Path(__file__).resolve().parent.parent / "content"
MODES = {Kind.CLOSING: Mode.CONFIDENTIAL, Kind.FOLLOW_UP: Mode.CONFIDENTIAL, "midway_pulse": Mode.NAMED}
Item = Mapping[str, Any]


def read(name: str) -> dict[str, Any]:
    """Return one content file."""
    return files.read(FOLDER / f"{name}.yaml")


def both(name: str, words: Item) -> dict[str, str]:
    """Return the two language columns of a translated field."""
    return {f"{name}_nl": words["nl"], f"{name}_en": words["en"]}


def load(*, using: str = "default") -> None:
    """Make or refresh every questionnaire of this version and every indicator."""
    with transaction.atomic(using=using):
        _load(read("evaluation"), using)


def _load(content: Item, using: str) -> None:
    version = content["meta"]["version"]
    choices = {"career_factors.factors": catalogue("career_factors")["factors"]}
    for template in content["templates"]:
        _questionnaire(
            template, version=version, scale=content["likert_labels"], choices=choices, using=using
        )
    rows = [
        _indicator(item, number=n, version=version) for n, item in enumerate(content["indicators"], start=1)
    ]
    refresh(rows, unique=("key",), using=using)


def _questionnaire(template: Item, *, version: int, scale: Iterable[Item], choices: Item, using: str) -> None:
    moment = template["moment"]
    row, _made = Questionnaire.objects.using(using).update_or_create(
        key=template["key"],
        version=version,
        defaults={
            "mode": MODES.get(template["key"], Mode.ANONYMOUS),
            "respondent": template["respondent"],
            "trigger": moment["trigger"],
            "source": template["source"],
            "reminder_days": moment["reminder_days"],
            "close_after_days": moment["close_after_days"],
            "short_form": template.get("short_form_after_early_stop", []),
            **both("title", template["title"]),
            **both("intro", template["intro"]),
        },
    )
    questions = [
        Question(
            questionnaire=row,
            key=item["key"],
            number=number,
            kind=item["type"],
            is_required=item["required"],
            dimensions=item["dimensions"],
            **both("text", item["text"]),
        )
        for number, item in enumerate(template["questions"], start=1)
    ]
    refresh(questions, unique=("questionnaire", "key"), using=using)
    options = [
        Option(question=question, value=choice["key"], number=number, **both("label", choice["label"]))
        for question, item in zip(questions, template["questions"], strict=True)
        for number, choice in enumerate(_choices_of(item, scale, choices), start=1)
    ]
    refresh(options, unique=("question", "value"), using=using)


def refresh(rows: Sequence[Model], *, unique: tuple[str, ...], using: str) -> None:
    """Insert rows, or bring the ones with the same unique fields up to date."""
    fields = [field for field in type(rows[0])._meta.concrete_fields if not field.primary_key]
    type(rows[0])._default_manager.using(using).bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=unique,
        update_fields=[field.name for field in fields if field.name not in unique],
    )


def _choices_of(item: Item, scale: Iterable[Item], choices: Item) -> Iterable[Item]:
    if item["type"] == QuestionKind.LIKERT:
        # Agreement first, as on paper and in the look.
        return [{"key": str(step["value"]), "label": step["label"]} for step in reversed(list(scale))]
    if "choices_from" in item:
        return list(choices[item["choices_from"]])
    return list(item.get("options", []))


def _indicator(item: Item, *, number: int, version: int) -> Indicator:
    return Indicator(
        key=item["key"],
        number=number,
        unit=item["unit"],
        threshold=item["threshold"],
        numerator=item["numerator"],
        denominator=item["denominator"],
        counted_on=item["period"],
        source=item["source"],
        version=version,
        **both("label", item["label"]),
        **both("definition", item["definition"]),
    )
