"""Forms of the catalogue."""

from catalog.forms.enrolments import AnswerForm, ColleagueForm, DeputyForm, SeatsForm

__all__ = ["AnswerForm", "ColleagueForm", "DeputyForm", "SeatsForm"]
