"""Forms of an assignment: give it, hand it in, answer it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.documents import incoming
from portal.interface.forms import DateInput
from trajectories.forms.base import TextField
from trajectories.forms.health import HealthAware

LONGEST_NAME = 120
TOO_LARGE = _("This file is larger than %(most)s MB. Make it smaller, or hand it in as two files.")
WRONG_KIND = _(
    "This file can't be handed in. Choose a PDF, Word (docx), OpenDocument (odt), text, PNG or JPG file."
)
AGAIN = [("", _("It is finished")), ("again", _("Please look at it once more"))]
MOST = {"most": incoming.LARGEST // 1024**2}


def _kinds() -> str:
    return gettext("PDF, Word (docx), OpenDocument (odt), text, PNG or JPG, at most %(most)s MB.") % MOST


class IncomingField(forms.FileField):
    """A file of a kind that people may bring; it is judged by its content too."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", lazy(_kinds, str)())
        accept = {"accept": ",".join(incoming.ENDINGS)}
        super().__init__(widget=forms.FileInput(attrs=accept), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return (name, media type, content), or None when no file was chosen."""
        upload: UploadedFile[bytes] | None = super().clean(data, initial)
        if not upload:
            return None
        if (upload.size or 0) > incoming.LARGEST:
            raise ValidationError(TOO_LARGE, params=MOST)
        name, content = str(upload.name), upload.read()
        kind = incoming.kind_of(name, content)
        if kind is None:
            raise ValidationError(WRONG_KIND)
        stem, dot, ending = name.rpartition(".")
        return f"{stem[: LONGEST_NAME - 8]}{dot}{ending}", kind.content_type, content


class AssignmentForm(forms.Form):
    """What is asked, and by when."""

    instrument = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    title = forms.CharField(
        label=_("Title"), max_length=200, widget=forms.TextInput(attrs={"data-dossier": ""})
    )
    task = TextField(label=_("What do you ask?"), rows=6)
    due_on = forms.DateField(label=_("By when"), widget=DateInput)

    def __init__(self, *args: Any, sees: tuple[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sees = {"task": sees}


class HandInForm(forms.Form):
    """Words, a file, or both."""

    text = TextField(label=_("What do you hand in?"), rows=8, required=False)
    upload = IncomingField(label=_("File"), required=False)

    def __init__(self, *args: Any, sees: tuple[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sees = {"text": sees, "upload": sees}


class AnswerForm(HealthAware):
    """The advisor's answer, and whether something more is asked."""

    text = TextField(label=_("Your answer"), rows=6)
    again = forms.ChoiceField(
        label=_("And then"), choices=AGAIN, required=False, widget=forms.RadioSelect, initial=""
    )
    due_on = forms.DateField(label=_("If so, by when"), widget=DateInput, required=False)

    def __init__(self, *args: Any, sees: tuple[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sees = {"text": sees}
