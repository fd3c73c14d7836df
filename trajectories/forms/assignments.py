"""Forms of an assignment: give it, hand it in, answer it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.documents import held, incoming
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


class AssignmentForm(HealthAware):
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


class HandInForm(HealthAware):
    """Words, a file, or both; a file waits while the form asks about the words."""

    text = TextField(label=_("What do you hand in?"), rows=8, required=False)
    upload = IncomingField(label=_("File"), required=False)
    held = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, *args: Any, owner: str, sees: tuple[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner = owner
        self.sees = {"text": sees, "upload": sees}

    def clean(self) -> dict[str, Any]:
        """Take the file that waited, unless another was chosen; say so when it is not there any more."""
        data = super().clean() or self.cleaned_data
        token = data.pop("held", "")
        if token and "upload" not in self.errors and not data.get("upload"):
            data["upload"] = held.take(self.owner, token)
            if data["upload"] is None:
                self.add_error("upload", _("Choose the file once more: it was kept for an hour only."))
        return data

    def is_valid(self) -> bool:
        """Let the file wait when the form comes back with a question."""
        is_valid = super().is_valid()
        upload = None if is_valid else self.cleaned_data.get("upload")
        if upload:
            self.data = {**self.data.dict(), "held": held.hold(self.owner, upload)}  # type: ignore[attr-defined]
            told = gettext("“%(name)s” is kept with it. Choose another file to replace it.")
            self["upload"].help_text = told % {"name": upload[0]}
        return is_valid


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
