"""Loading questionnaires and indicators."""

import yaml

from evaluations.enums import Kind, Mode, QuestionKind
from evaluations.models import Indicator, Option, Question, Questionnaire
from evaluations.queries.surveys import current_questionnaire
from evaluations.services import content


def counted() -> list[int]:
    return [model._default_manager.count() for model in (Questionnaire, Question, Option, Indicator)]


def test_all_questionnaires_and_indicators_are_there_in_both_languages(db) -> None:
    source = yaml.safe_load((content.FOLDER / "evaluation.yaml").read_text(encoding="utf-8"))
    assert set(Questionnaire.objects.values_list("key", flat=True)) == {t["key"] for t in source["templates"]}
    assert list(Indicator.objects.values_list("key", flat=True)) == [i["key"] for i in source["indicators"]]
    for model, fields in ((Question, ["text"]), (Option, ["label"]), (Indicator, ["label", "definition"])):
        columns = [f"{field}_{language}" for field in fields for language in ("nl", "en")]
        assert not [row for row in model._default_manager.values_list(*columns) if not all(row)]


def test_loading_again_changes_nothing(db) -> None:
    before = counted()
    content.load()
    assert counted() == before


def test_every_indicator_has_a_source(db) -> None:
    assert not Indicator.objects.filter(source="").exists()


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
    assert "Netwerken" in question.options.values_list("label_nl", flat=True)


def test_scale_starts_with_agreement(db) -> None:
    for question in Question.objects.filter(kind=QuestionKind.LIKERT):
        assert list(question.options.values_list("value", flat=True)) == ["5", "4", "3", "2", "1"]
