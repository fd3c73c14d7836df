"""Loading questionnaires and indicators."""

import pytest
import yaml

from evaluations.enums import Kind, Mode, QuestionKind
from evaluations.models import Indicator, Option, Question, Questionnaire
from evaluations.queries.surveys import current_questionnaire
from evaluations.services import content


def counted() -> tuple[int, int, int, int]:
    models = (Questionnaire, Question, Option, Indicator)
    return tuple(model.objects.count() for model in models)


def test_all_questionnaires_and_indicators_are_there_in_both_languages(db) -> None:
    source = yaml.safe_load((content.FOLDER / "evaluation.yaml").read_text(encoding="utf-8"))
    assert set(Questionnaire.objects.values_list("key", flat=True)) == {t["key"] for t in source["templates"]}
    assert list(Indicator.objects.values_list("key", flat=True)) == [i["key"] for i in source["indicators"]]
    for row in [*Question.objects.all(), *Option.objects.all(), *Indicator.objects.all()]:
        words = [row.text_nl, row.text_en] if isinstance(row, Question) else [row.label_nl, row.label_en]
        assert all(words), row


def test_loading_again_changes_nothing(db) -> None:
    before = counted()
    content.load()
    assert counted() == before


def test_every_indicator_has_a_definition_and_a_source(db) -> None:
    assert not [
        row.key
        for row in Indicator.objects.all()
        if not (row.definition_nl and row.definition_en and row.source)
    ]


def test_modes_are_those_of_decision_18(db) -> None:
    assert dict(Questionnaire.objects.values_list("key", "mode")) == {
        "closing_evaluation": Mode.CONFIDENTIAL,
        "six_month_follow_up": Mode.CONFIDENTIAL,
        "midway_pulse": Mode.NAMED,
        "external_provider_evaluation": Mode.ANONYMOUS,
        "client_evaluation": Mode.ANONYMOUS,
    }


def test_choices_of_growth_are_the_eight_career_factors(db) -> None:
    question = current_questionnaire(Kind.CLOSING).questions.get(key="ce10")
    assert question.options.count() == 8
    assert "Netwerken" in {option.label_nl for option in question.options.all()}


@pytest.mark.parametrize("kind", [QuestionKind.LIKERT])
def test_scale_starts_with_agreement(db, kind: str) -> None:
    question = Question.objects.filter(kind=kind).first()
    assert [option.value for option in question.options.all()] == ["5", "4", "3", "2", "1"]
