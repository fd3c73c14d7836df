"""Forms of the closing: one's view of the results, the talk about them, an address for later."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trajectories.enums.words import choices, items
from trajectories.forms.base import TextField, VersionForm
from trajectories.forms.health import HealthAware

OUTCOMES = ("trajectory", "closing", "mobility_outcomes")


class RatingForm(HealthAware, VersionForm):
    """One's view of each result; the participant also says where they stand."""

    def __init__(self, *args: Any, results: Iterable[Any], asks_outcome: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.results = list(results)
        for result in self.results:
            self.fields[result.reference] = forms.ChoiceField(
                label=result.text,
                choices=choices("trajectory", "closing", "result_ratings"),
                widget=forms.RadioSelect,
            )
        self.fields["unplanned"] = TextField(
            label=_("Results that nobody had planned"),
            rows=2,
            required=False,
            help_text=_("One on each line."),
        )
        if asks_outcome:
            self._ask_outcome()

    def _ask_outcome(self) -> None:
        words = choices(*OUTCOMES)
        self.fields["main"] = forms.ChoiceField(
            label=_("Where do you stand now?"), choices=words, widget=forms.RadioSelect, required=False
        )
        self.fields["others"] = forms.MultipleChoiceField(
            label=_("What else is true?"),
            choices=words,
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        """Ask for a main outcome when only others were ticked."""
        data = super().clean() or self.cleaned_data
        if data.get("others") and not data.get("main"):
            self.add_error("main", _("Choose which of these comes first."))
        return data

    @property
    def ratings(self) -> dict[str, str]:
        """Return the answer by the result's reference."""
        return {result.reference: self.cleaned_data[result.reference] for result in self.results}

    @property
    def outcome(self) -> tuple[str, list[str]] | None:
        """Return the main outcome and the others, when there is one."""
        main = self.cleaned_data.get("main")
        return (main, self.cleaned_data["others"]) if main else None


class DiscussionForm(HealthAware, VersionForm):
    """What the two said about each question; none has to be answered."""

    def __init__(self, *args: Any, answers: Mapping[str, str], who: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = items("trajectory", "closing", "discussion_questions")
        for key, item in self.questions.items():
            self.fields[key] = TextField(
                label=item.label, rows=2, required=False, initial=answers.get(key, "")
            )
        self.sees = dict.fromkeys(list(self.questions)[:1], ("shared", who))

    @property
    def answers(self) -> dict[str, str]:
        """Return the answers by the key of the question."""
        return {key: self.cleaned_data[key] for key in self.questions}


class AddressForm(forms.Form):
    """Where the follow-up may go when the participant has left by then."""

    email = forms.EmailField(
        label=_("E-mail address that stays yours"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "data-dossier": ""}),
    )
    agrees = forms.BooleanField(
        label=_("You may use this address for the short survey after six months, and for nothing else."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for both the address and the consent, or for neither."""
        data = super().clean() or self.cleaned_data
        if data.get("email") and not data.get("agrees"):
            self.add_error("agrees", _("Tick this when we may use the address, or empty the address."))
        if data.get("agrees") and not data.get("email") and "email" not in self.errors:
            self.add_error("email", _("Fill in the address, or take the tick away."))
        return data
