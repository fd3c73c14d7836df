"""Forms of the self-test."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.interface.forms import DateInput
from portal.interface.moments import moment
from trajectories.enums.self_test import Factor, instrument
from trajectories.models import SelfTest
from trajectories.queries.scoring import Answers

FACTORS_A_PAGE = 2
PAGES = -(-len(instrument().factors) // FACTORS_A_PAGE)
USUAL_SHARE = timedelta(days=91)


def page_of(factor: Factor) -> int:
    """Return the page, from 1, on which a factor stands."""
    return instrument().factors.index(factor) // FACTORS_A_PAGE + 1


class SelfTestForm(forms.Form):
    """One page of the test: a few factors, nothing obliged, so that one can stop anywhere."""

    def __init__(self, *args: Any, page: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = (page - 1) * FACTORS_A_PAGE
        self.factors = instrument().factors[first : first + FACTORS_A_PAGE]
        for factor in self.factors:
            for row in factor.statements:
                self.fields[row.key] = forms.TypedChoiceField(
                    label=row.text,  # type: ignore[arg-type]
                    choices=instrument().answers,
                    coerce=int,
                    empty_value=None,
                    required=False,
                    widget=forms.RadioSelect,
                    error_messages={"invalid_choice": _("Choose one of the answers on the page.")},
                )

    def blocks(self) -> list[tuple[Factor, list[forms.BoundField]]]:
        """Return each factor with its fields."""
        return [(factor, [self[row.key] for row in factor.statements]) for factor in self.factors]

    @property
    def answers(self) -> dict[str, int]:
        """Return the answers that are good."""
        return {key: value for key, value in self.cleaned_data.items() if value is not None}


def first_unanswered(answers: Answers) -> int:
    """Return the first page with a statement that has no answer, or the last page."""
    for factor in instrument().factors:
        if any(row.key not in answers for row in factor.statements):
            return page_of(factor)
    return PAGES


class ShareForm(forms.Form):
    """Until when the advisor may see a test."""

    until_on = forms.DateField(
        label=_("Until and including"),
        widget=DateInput,
        help_text=_("At most a year ahead. You can take it back at any moment."),
    )

    def __init__(self, *args: Any, agreed_until: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usual = clock.today() + USUAL_SHARE
        self.fields["until_on"].initial = max(usual, agreed_until or usual)


class CompareForm(forms.Form):
    """Which two of one's own tests."""

    first = forms.ChoiceField(label=_("Hold this one"))
    second = forms.ChoiceField(label=_("against this one"))

    def __init__(self, *args: Any, tests: list[SelfTest], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tests = {row.reference: row for row in tests}
        choices = [(row.reference, f"{moment(row.taken_at)} ({row.moment_label})") for row in tests]
        for field in self.fields.values():
            field.choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for two different tests."""
        data = super().clean() or self.cleaned_data
        if data.get("first") and data.get("first") == data.get("second"):
            self.add_error("second", _("Choose two different tests."))
        return data

    @property
    def chosen(self) -> tuple[SelfTest, SelfTest]:
        """Return the two, the earlier one first."""
        two = [self.tests[self.cleaned_data[name]] for name in ("first", "second")]
        before, after = sorted(two, key=lambda row: row.taken_at)
        return before, after
