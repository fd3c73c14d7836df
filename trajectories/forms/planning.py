"""Forms of conversations: choose a free time or type another moment, move, cancel, record."""

from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advisors.queries.freetimes import Remark, Span
from portal import clock
from portal.interface.forms import DateInput, TimeInput
from portal.interface.moments import hours
from trajectories.enums import TalkKind, TalkMode
from trajectories.forms.base import TextField, VersionForm
from trajectories.forms.health import HealthAware
from trajectories.queries.planning import Agenda, Count

MODES = [
    (TalkMode.FACE_TO_FACE.value, gettext_lazy("In person")),
    (TalkMode.ONLINE.value, gettext_lazy("Online")),
]
OTHER = "other"
FAR = timedelta(days=800)
STAMP = "%Y%m%dT%H%MZ"
WORDS = {
    Remark.TAKEN: gettext_lazy("One of you has another appointment then. Choose another moment."),
    Remark.AWAY: gettext_lazy("You are away that day."),
    Remark.HOLIDAY: gettext_lazy("That day is a public holiday."),
    Remark.HOURS: gettext_lazy("This is outside your working hours."),
    Remark.FULL: gettext_lazy("That day you have the most conversations that you wanted."),
    Remark.PAUSE: gettext_lazy("There is little or no pause before or after another conversation."),
}


class SlotField(forms.CharField):
    """The chosen free time; whether one is needed is the form's to say, because another moment may be typed."""

    def validate(self, value: Any) -> None:
        """Accept an empty choice."""


class FreeTimes(forms.RadioSelect):
    """The free times as a plain list: by week and day, the first week open."""

    template_name = "trajectories/widgets/free_times.html"

    def __init__(self, spans: list[Span]) -> None:
        self.days = {stamp(span): span.day for span in spans}
        super().__init__(choices=[(stamp(span), hours(span.starts_at)) for span in spans])

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the options by week and day."""
        context = super().get_context(name, value, attrs)
        options = [option for _name, group, _index in context["widget"]["optgroups"] for option in group]
        timed = [(self.days[str(option["value"])], option) for option in options]
        context["widget"]["weeks"] = [
            _week(monday, list(rows)) for monday, rows in groupby(timed, lambda row: _monday(row[0]))
        ]
        return context


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _week(monday: date, rows: list[tuple[date, dict[str, Any]]]) -> dict[str, Any]:
    days = [(day, [option for _day, option in group]) for day, group in groupby(rows, lambda row: row[0])]
    return {"monday": monday, "days": days, "is_chosen": any(option["selected"] for _day, option in rows)}


def stamp(span: Span) -> str:
    """Return what stands for a free time in a form: its start in UTC."""
    return span.starts_at.astimezone(UTC).strftime(STAMP)


def _is_near(day: date) -> bool:
    """Tell whether a day lies in the years around now, with which can be calculated; services judge the rest."""
    return abs(day - clock.today()) < FAR


class AppointmentForm(VersionForm):
    """A free time, or (for the advisor) another day and time; how and where."""

    slot = SlotField(label=gettext_lazy("When?"), max_length=20)
    day = forms.DateField(label=gettext_lazy("Day"), widget=DateInput, required=False)
    starts = forms.TimeField(label=gettext_lazy("From"), widget=TimeInput, required=False)
    ends = forms.TimeField(label=gettext_lazy("To"), widget=TimeInput, required=False)
    anyway = forms.BooleanField(
        label=gettext_lazy("Plan it at this moment anyway"), widget=forms.HiddenInput, required=False
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("How"), widget=forms.RadioSelect, choices=MODES, initial=TalkMode.FACE_TO_FACE
    )
    place = forms.CharField(
        label=gettext_lazy("Place or link"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("This stands in the calendar, which others may read. Keep it neutral."),
    )
    typed_names = ("day", "starts", "ends")
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ("mode", "place")

    def __init__(self, *args: Any, agenda: Agenda, may_type: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agenda, self.may_type = agenda, may_type
        self.free = agenda.free()
        self.fields["slot"].widget = FreeTimes(self.free)
        if not may_type:
            for name in (*self.typed_names, "anyway"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Find the two instants; services judge whether they make sense."""
        data = super().clean() or self.cleaned_data
        chosen = data.get("slot", "")
        typed = any(data.get(name) for name in self.typed_names) or bool(self.errors)
        if chosen and chosen != OTHER:
            self._take(chosen, typed=typed)
        elif self.may_type and (typed or chosen == OTHER):
            self._read()
        else:
            self.add_error("slot", _("Choose a time."))
        return self.cleaned_data

    def _take(self, chosen: str, *, typed: bool) -> None:
        try:
            starts_at = datetime.strptime(chosen, STAMP).replace(tzinfo=UTC)
        except ValueError:
            starts_at = datetime.min.replace(tzinfo=UTC)
        if not _is_near(starts_at.date()):
            self.add_error("slot", _("Choose a time."))
            return
        if typed and self.may_type:
            self.add_error("slot", _("Choose one of the two: a free time, or another moment."))
        self.cleaned_data |= {"starts_at": starts_at, "ends_at": starts_at + self.agenda.planning.length}

    def _read(self) -> None:
        data = self.cleaned_data
        for name in ("day", "starts"):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, _("Fill in the day and the time."))
        if self.errors:
            return
        if not _is_near(data["day"]):
            self.add_error("day", _("Choose a moment within a year from now."))
            return
        starts_at, ends = clock.local(data["day"], data["starts"].hour, data["starts"].minute), data["ends"]
        ends_at = clock.local(data["day"], ends.hour, ends.minute) if ends else None
        data |= {"starts_at": starts_at, "ends_at": ends_at or starts_at + self.agenda.planning.length}

    @property
    def span(self) -> Span:
        """Return the moment that was chosen or typed."""
        return Span(self.cleaned_data["starts_at"], self.cleaned_data["ends_at"])

    @property
    def minutes(self) -> int:
        """Return how long a conversation takes when no end is typed."""
        return int(self.agenda.planning.length.total_seconds() // 60)

    @property
    def is_other(self) -> bool:
        """Tell whether the choice is to type another moment."""
        return bool(self["slot"].value() == OTHER)

    @property
    def is_typed(self) -> bool:
        """Tell whether another moment is being typed."""
        return self.is_other or any(
            self[name].value() or self[name].errors for name in self.typed_names if name in self.fields
        )

    def warn(self, remarks: list[Remark]) -> bool:
        """Say what speaks against the moment; the advisor may go on all the same. Returns whether to stop."""
        sentences = [WORDS[remark] for remark in remarks]
        if Remark.TAKEN not in remarks and self.cleaned_data.get("anyway"):
            return False
        for sentence in sentences:
            self.add_error(None, str(sentence))
        if sentences and Remark.TAKEN not in remarks:
            self.fields["anyway"].widget = forms.CheckboxInput()
        return bool(sentences)

    @property
    def groups_before(self) -> list[Any]:
        """Return the fields above the free times."""
        return [self[name] for name in self.before if name in self.fields]

    @property
    def groups_after(self) -> list[Any]:
        """Return the fields below."""
        return [self[name] for name in self.after if name in self.fields]

    @property
    def typed_groups(self) -> list[Any]:
        """Return the fields of another moment."""
        return [self[name] for name in self.typed_names if name in self.fields]

    @property
    def appointment(self) -> dict[str, Any]:
        """Return what the services ask for."""
        return {name: self.cleaned_data[name] for name in ("starts_at", "ends_at", "mode", "place")}


class TalkForm(HealthAware, AppointmentForm):
    """A conversation to plan."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What for"),
        widget=forms.RadioSelect,
        initial=TalkKind.TALK.value,
        choices=[
            (TalkKind.TALK.value, gettext_lazy("Conversation")),
            (TalkKind.FINAL.value, gettext_lazy("Final conversation")),
        ],
    )
    extra_reason = TextField(
        label=gettext_lazy("Why one more than agreed?"),
        rows=2,
        max_length=400,
        required=False,
        help_text=gettext_lazy(
            "Both of you read this. Any other change needs a new version of the agreement."
        ),
    )
    before = ("extra_reason",)
    after = ("kind", "mode", "place")

    def __init__(self, *args: Any, number: Count, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not (number.is_full and self.may_type):
            del self.fields["extra_reason"]

    @property
    def appointment(self) -> dict[str, Any]:
        """Return what the services ask for."""
        more = {name: self.cleaned_data.get(name, "") for name in ("kind", "extra_reason")}
        return {**super().appointment, **more}


class SequenceForm(forms.Form):
    """Carries which version of an appointment the page showed."""

    sequence = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)


class MoveTalkForm(SequenceForm, AppointmentForm):
    """Another time for a conversation."""

    after = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["mode"], self.fields["place"]

    @property
    def times(self) -> dict[str, Any]:
        """Return what the service asks for."""
        return {name: self.cleaned_data[name] for name in ("starts_at", "ends_at", "sequence")}


class RecordForm(HealthAware, SequenceForm):
    """What came of a conversation."""

    agreed = TextField(label=gettext_lazy("What did you agree?"))
    own = TextField(label=gettext_lazy("For myself"), rows=2, required=False)
    held_on = forms.DateField(label=gettext_lazy("When was it?"), widget=DateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sees = {
            "agreed": ("shared", _("Both of you")),
            "own": ("own", _("Only you")),
        }
