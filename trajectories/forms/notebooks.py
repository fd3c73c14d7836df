"""Forms of the notebooks."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.people.models import new_reference
from trajectories.forms.base import LONGEST, TextField
from trajectories.forms.health import HealthAware
from trajectories.forms.pasted import clean, has_word_markup, without_markup
from trajectories.models import NoteDraft


class OwnWordsField(TextField):
    """Words of any length as they were typed or pasted: the browser cuts nothing off, the form judges."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=None, **kwargs)

    def to_python(self, value: Any) -> str:
        """Return plain text; markup of a word processor is left out."""
        text = clean(str(value or ""))
        self.had_markup = has_word_markup(text)
        return (without_markup(text) if self.had_markup else text).strip()

    def validate(self, value: str) -> None:
        """Refuse more than the longest, in plain words."""
        super().validate(value)
        if len(value) > LONGEST:
            sentence = _(
                "This is %(number)s characters long and %(most)s fit. Nothing is lost: keep it in parts."
            )
            raise forms.ValidationError(sentence % {"number": len(value), "most": LONGEST})


class NoteForm(HealthAware):
    """A note that is new, or changed. Carries which page is typing, and what that page has seen."""

    text = OwnWordsField(label=gettext_lazy("Write"), rows=8)
    device = forms.CharField(widget=forms.HiddenInput, max_length=12, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(
        self,
        *args: Any,
        sees: tuple[str, str],
        draft: NoteDraft | None = None,
        text: str = "",
        version: int = 0,
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = {
            "text": draft.text if draft else text,
            "device": new_reference(),
            "seen": draft.version if draft else 0,
            "version": draft.base if draft else version,
        }
        super().__init__(*args, **kwargs)
        self.sees = {"text": sees}

    @property
    def had_markup(self) -> bool:
        """Tell whether something was left out of what was pasted."""
        return bool(getattr(self.fields["text"], "had_markup", False))

    @property
    def typing(self) -> dict[str, Any]:
        """Return which page is typing, and the draft that it saw."""
        return {"device": self.cleaned_data["device"], "seen": self.cleaned_data["seen"] or 0}
