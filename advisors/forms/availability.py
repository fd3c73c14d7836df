"""The forms with which advisors say when they have time."""

import itertools
import re
from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advisors.enums import Weekday
from advisors.models import Advisor
from advisors.queries.freetimes import Stretch
from portal import clock
from portal.interface.forms import DateInput
from portal.interface.moments import clock_time

LONGEST_ABSENCE = timedelta(days=366)
PART = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?")
BETWEEN = re.compile(r"\s*(?:[,;]|\ben\b|\band\b)\s*")
FROM_TO = re.compile(r"\s*(?:[-\u2013]|\btot\b|\bto\b)\s*")


class HoursField(forms.CharField):
    """Stretches of one day in words: `09:00-12:30, 13:00-17:00`; empty is a day without conversations."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=80, **kwargs)

    def validate(self, value: Any) -> None:
        """Accept an empty day; the form asks for at least one with hours."""

    def clean(self, value: Any) -> list[tuple[time, time]]:
        """Return the stretches in order of time; refuse what is no time or overlaps."""
        text = super().clean(value).strip().casefold()
        stretches = sorted(_stretch(part) for part in BETWEEN.split(text) if part)
        if any(later[0] < sooner[1] for sooner, later in itertools.pairwise(stretches)):
            raise ValidationError(_("These hours overlap. Write each part of the day once."))
        return stretches


def _stretch(text: str) -> tuple[time, time]:
    ends = [_moment(part) for part in FROM_TO.split(text)]
    if len(ends) != 2 or ends[0] >= ends[1]:
        raise ValidationError(_("Write hours like 9:00-12:30, and put the later time last."))
    return ends[0], ends[1]


def _moment(text: str) -> time:
    found = PART.fullmatch(text.strip())
    try:
        return time(int(found[1]), int(found[2] or 0)) if found else time(99)
    except ValueError:
        raise ValidationError(_("Write hours like 9:00-12:30, and put the later time last.")) from None


class HoursForm(forms.ModelForm):  # type: ignore[type-arg]
    """The hours of a week, and how conversations follow each other."""

    use_required_attribute = False

    class Meta:
        model = Advisor
        fields = ("talk_minutes", "pause_minutes", "talks_per_day")

    def __init__(self, *args: Any, hours: Iterable[Stretch], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = list(hours)
        for day in Weekday:
            written = ", ".join(
                f"{clock_time(row.starts)}-{clock_time(row.ends)}" for row in rows if row.weekday == day
            )
            self.fields[f"day{day.value}"] = HoursField(label=capfirst(day.label), initial=written)
        self.order_fields([f"day{day.value}" for day in Weekday])

    def clean(self) -> dict[str, Any]:
        """Ask for at least one stretch: without any, office hours would count again."""
        data = super().clean() or self.cleaned_data
        if not self.errors and not self.stretches:
            raise ValidationError(
                _("Write the hours of at least one day. When you are away, enter an absence below.")
            )
        return data

    @property
    def stretches(self) -> list[Stretch]:
        """Return what was typed, in order."""
        return [
            Stretch(day.value, starts, ends)
            for day in Weekday
            for starts, ends in self.cleaned_data.get(f"day{day.value}", ())
        ]

    @property
    def rules(self) -> dict[str, int]:
        """Return length, pause and most conversations a day."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class AbsenceForm(forms.Form):
    """A period without conversations."""

    starts_on = forms.DateField(label=gettext_lazy("First day away"), widget=DateInput)
    ends_on = forms.DateField(label=gettext_lazy("Last day away"), widget=DateInput)

    def clean(self) -> dict[str, Any]:
        """Refuse a period that is over, ends before it starts or lasts more than a year."""
        data = super().clean() or self.cleaned_data
        first: date | None = data.get("starts_on")
        last: date | None = data.get("ends_on")
        if not first or not last:
            return data
        if last < first:
            self.add_error("ends_on", _("The last day can't be before the first."))
        elif last < clock.today():
            self.add_error("ends_on", _("This period is over. Choose days that are still to come."))
        elif last - first > LONGEST_ABSENCE:
            self.add_error("ends_on", _("An absence lasts a year at most. Talk to the coordinator first."))
        return data


class TakeBackForm(forms.Form):
    """Which absence is taken back, by its first day."""

    back = forms.DateField()
