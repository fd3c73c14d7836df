"""Forms about advisors."""

from advisors.forms.availability import AbsenceForm, HoursForm, TakeBackForm
from advisors.forms.directory import DirectoryFilter

__all__ = ["AbsenceForm", "DirectoryFilter", "HoursForm", "TakeBackForm"]
