"""The filter of the directory."""

from django import forms
from django.utils.translation import gettext_lazy as _

from advisors.enums import SpokenLanguage
from advisors.models import QuestionType


class DirectoryFilter(forms.Form):
    """What somebody looks for; both parts may stay empty."""

    question: "forms.ModelChoiceField[QuestionType]" = forms.ModelChoiceField(
        QuestionType.objects.filter(is_active=True),
        label=_("Your question"),
        to_field_name="key",
        required=False,
        empty_label=_("Every question"),
    )
    language = forms.ChoiceField(
        label=_("Language of the talks"),
        choices=[("", _("Every language")), *SpokenLanguage.choices],
        required=False,
    )

    def wish(self) -> tuple[list[str], str]:
        """Return the chosen keys of question types and the language code; nothing when invalid."""
        if not self.is_valid():
            return [], ""
        kind = self.cleaned_data["question"]
        return ([kind.key] if kind else []), self.cleaned_data["language"]
