"""Loading of questionnaires and indicators from `content/`; running it again changes nothing."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from evaluations.enums import Kind, Mode, QuestionKind
from evaluations.models import Indicator, Option, Question, Questionnaire

FOLDER = Path(__file__).resolve().parent.parent / "content"
MODES = {Kind.CLOSING: Mode.CONFIDENTIAL, Kind.FOLLOW_UP: Mode.CONFIDENTIAL, "midway_pulse": Mode.NAMED}
Item = Mapping[str, Any]


def read(name: str) -> dict[str, Any]:
    """Return one content file."""
    found = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return dict(found)


def both(name: str, words: Item) -> dict[str, str]:
    """Return the two language columns of a translated field."""
    return {f"{name}_nl": words["nl"], f"{name}_en": words["en"]}


@transaction.atomic
def load() -> None:
    """Make or refresh every questionnaire of this version and every indicator."""
    content = read("evaluation")
    version = content["meta"]["version"]
    choices = {"career_factors.factors": read("career_factors")["factors"]}
    for template in content["templates"]:
        _questionnaire(template, version=version, scale=content["likert_labels"], choices=choices)
    for number, item in enumerate(content["indicators"], start=1):
        _indicator(item, number=number, version=version)


def _questionnaire(template: Item, *, version: int, scale: Iterable[Item], choices: Item) -> None:
    moment = template["moment"]
    row, _made = Questionnaire.objects.update_or_create(
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
    for number, item in enumerate(template["questions"], start=1):
        question, _made = Question.objects.update_or_create(
            questionnaire=row,
            key=item["key"],
            defaults={
                "number": number,
                "kind": item["type"],
                "is_required": item["required"],
                "dimensions": item["dimensions"],
                **both("text", item["text"]),
            },
        )
        _options(question, _choices_of(item, scale, choices))


def _choices_of(item: Item, scale: Iterable[Item], choices: Item) -> Iterable[Item]:
    if item["type"] == QuestionKind.LIKERT:
        # Agreement first, as on paper and in the look.
        return [{"key": str(step["value"]), "label": step["label"]} for step in reversed(list(scale))]
    if "choices_from" in item:
        return list(choices[item["choices_from"]])
    return list(item.get("options", []))


def _options(question: Question, items: Iterable[Item]) -> None:
    for number, item in enumerate(items, start=1):
        Option.objects.update_or_create(
            question=question,
            value=item["key"],
            defaults={"number": number, **both("label", item["label"])},
        )


def _indicator(item: Item, *, number: int, version: int) -> None:
    Indicator.objects.update_or_create(
        key=item["key"],
        defaults={
            "number": number,
            "unit": item["unit"],
            "threshold": item["threshold"],
            "numerator": item["numerator"],
            "denominator": item["denominator"],
            "counted_on": item["period"],
            "source": item["source"],
            "version": version,
            **both("label", item["label"]),
            **both("definition", item["definition"]),
        },
    )
