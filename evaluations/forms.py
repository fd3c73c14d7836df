"""The form of a questionnaire, built from its questions."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evaluations.enums import QuestionKind
from evaluations.models import Question

TEXT_LIMIT = 4000
SCORES = [(str(score), str(score)) for score in range(11)]
CHOOSE_ONE = {
    "required": _("Choose one answer."),
    "invalid_choice": _("Choose one of the answers on the page."),
}
CHOOSE_SCALE = CHOOSE_ONE | {"required": _("Choose one answer. In doubt? Take the middle one.")}


def _options(question: Question) -> list[tuple[str, str]]:
    return [(option.value, str(option.label)) for option in question.options.all()]


def field_for(question: Question) -> forms.Field:
    """Return the form field that fits the kind of question."""
    words: dict[str, Any] = {"label": str(question.text), "required": question.is_required}
    match question.kind:
        case QuestionKind.LIKERT:
            return forms.ChoiceField(
                choices=_options(question), widget=forms.RadioSelect, error_messages=CHOOSE_SCALE, **words
            )
        case QuestionKind.NET_SCORE:
            return forms.ChoiceField(
                choices=SCORES, widget=forms.RadioSelect, error_messages=CHOOSE_ONE, **words
            )
        case QuestionKind.SINGLE:
            return forms.ChoiceField(
                choices=_options(question), widget=forms.RadioSelect, error_messages=CHOOSE_ONE, **words
            )
        case QuestionKind.MULTIPLE:
            return forms.MultipleChoiceField(
                choices=_options(question),
                widget=forms.CheckboxSelectMultiple,
                error_messages=CHOOSE_ONE,
                **words,
            )
        case _:
            area = forms.Textarea(attrs={"rows": 4})
            return forms.CharField(max_length=TEXT_LIMIT, widget=area, **words)


class SurveyForm(forms.Form):
    """All questions of one survey. A partial form saves what is there and asks for nothing."""

    def __init__(
        self, questions: Sequence[Question], *args: Any, partial: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            field = field_for(question)
            field.required = field.required and not partial
            self.fields[question.key] = field

    def answers(self) -> dict[str, Any]:
        """Return the answers that are good, after validation; questions left open are absent."""
        return {key: value for key, value in self.cleaned_data.items() if value not in ("", [], None)}

    def rows(self) -> list[dict[str, Any]]:
        """Return what the page shows of each question, in order."""
        return [
            {"question": question, "field": self[question.key], "number": number}
            for number, question in enumerate(self.questions, start=1)
        ]

    def mistakes(self) -> list[dict[str, Any]]:
        """Return the questions with an error, for the summary above the page."""
        return [row for row in self.rows() if row["field"].errors]
