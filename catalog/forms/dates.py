"""The form of a date: when, where, in which language, how many; with later meetings."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.models import Meeting, Session
from portal import clock
from portal.interface.forms import DateTimeInput
from portal.people.enums import Language

MOST_SEATS, EXTRA, MOST = 5000, 2, 20
CLOSES, FREE_UNTIL = timedelta(hours=12), timedelta(days=14)
TEXTS = ("title_nl", "title_en", "room_nl", "room_en")
PLAIN = ("starts_at", "ends_at", "is_online", "language", "enrol_until", "cancel_until")


def _moment(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateTimeField:
    return forms.DateTimeField(label=label, widget=DateTimeInput, required=required, help_text=help_text)


class DateForm(forms.Form):
    """One date of an offering."""

    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    starts_at = _moment(_("Starts"))
    ends_at = _moment(_("Ends"))
    room_nl = forms.CharField(label=_("Room (Dutch)"), max_length=160, required=False)
    room_en = forms.CharField(label=_("Room (English)"), max_length=160, required=False)
    is_online = forms.BooleanField(label=_("Online"), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    seats = forms.IntegerField(label=_("Number of seats"), min_value=1, max_value=MOST_SEATS)
    held = forms.IntegerField(
        label=_("Places given away elsewhere"), min_value=0, max_value=MOST_SEATS, required=False
    )
    enrol_until = _moment(_("Enrol until"), required=False, help_text=_("Empty: 12 hours before it starts."))
    cancel_until = _moment(
        _("Cancel free of charge until"), required=False, help_text=_("Empty: two weeks before it starts.")
    )
    title_nl = forms.CharField(label=_("Title of this part (Dutch)"), max_length=160, required=False)
    title_en = forms.CharField(label=_("Title of this part (English)"), max_length=160, required=False)

    def clean(self) -> dict[str, Any]:
        """Fill in the terms that were left empty, and refuse times that can't be."""
        found: dict[str, Any] = super().clean() or {}
        start, end = found.get("starts_at"), found.get("ends_at")
        if start is None:
            return found
        if start <= clock.now():
            self.add_error("starts_at", _("Choose a moment that is still to come."))
        if end is not None and end <= start:
            self.add_error("ends_at", _("A session can't end before it starts."))
        found["enrol_until"] = found.get("enrol_until") or start - CLOSES
        found["cancel_until"] = found.get("cancel_until") or start - FREE_UNTIL
        for name in ("enrol_until", "cancel_until"):
            if found[name] > start:
                self.add_error(name, _("This ends before the date starts."))
        found["held"] = found.get("held") or 0
        if found["held"] > found.get("seats", MOST_SEATS):
            self.add_error("held", _("These are more than the seats there are."))
        return found

    def values(self) -> dict[str, Any]:
        """Return the columns of the session."""
        return {name: self.cleaned_data[name] for name in (*PLAIN, *TEXTS, "seats", "held")}


class MeetingForm(forms.Form):
    """A later meeting of the same date; an empty row is none."""

    starts_at = _moment(_("Starts"), required=False)
    ends_at = _moment(_("Ends"), required=False)
    room_nl = forms.CharField(label=_("Room (Dutch)"), max_length=160, required=False)
    room_en = forms.CharField(label=_("Room (English)"), max_length=160, required=False)
    is_online = forms.BooleanField(label=_("Online"), required=False)

    use_required_attribute = False
    is_all_optional = True

    def clean(self) -> dict[str, Any]:
        """Ask for both times, in order, as soon as anything is filled in."""
        found: dict[str, Any] = super().clean() or {}
        start, end = found.get("starts_at"), found.get("ends_at")
        if any(found.values()) and not self.errors:
            if start is None or end is None:
                self.add_error("starts_at", _("Fill in when it starts and ends, or empty the row."))
            elif end <= start:
                self.add_error("ends_at", _("A meeting can't end before it starts."))
        return found


MeetingForms = forms.formset_factory(MeetingForm, extra=EXTRA, max_num=MOST, absolute_max=MOST)


class DateBench:
    """The form of a date with its later meetings."""

    def __init__(self, data: Any, session: Session | None = None, language: str = "nl") -> None:
        initial = shown(session) if session else {"language": language, "held": 0}
        rows = [_row(meeting) for meeting in session.meetings.all()] if session else []
        self.form = DateForm(data, initial=initial)
        self.meetings = MeetingForms(data, prefix="meetings", initial=rows)

    def is_valid(self) -> bool:
        """Whether the date and all its meetings are right; meetings come after the start."""
        return all([self.form.is_valid(), self.meetings.is_valid()]) and self._in_order()

    def _in_order(self) -> bool:
        start: datetime = self.form.cleaned_data["starts_at"]
        for row in self.meetings:
            if row.cleaned_data.get("starts_at") and row.cleaned_data["starts_at"] <= start:
                row.add_error("starts_at", _("A later meeting comes after the first."))
        return not any(row.errors for row in self.meetings)

    def rows(self) -> list[dict[str, Any]]:
        """Return the later meetings that were filled in, in order of time."""
        names = ("starts_at", "ends_at", "room_nl", "room_en", "is_online")
        filled = [row.cleaned_data for row in self.meetings if row.cleaned_data.get("starts_at")]
        rows = [{name: row.get(name) for name in names} for row in filled]
        return sorted(rows, key=lambda row: row["starts_at"])


def shown(session: Session) -> dict[str, Any]:
    """Return what the form shows of a session."""
    return {name: getattr(session, name) for name in (*PLAIN, *TEXTS, "seats", "held", "version")}


def _row(meeting: Meeting) -> dict[str, Any]:
    return {
        name: getattr(meeting, name) for name in ("starts_at", "ends_at", "room_nl", "room_en", "is_online")
    }
