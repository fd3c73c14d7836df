"""Forms of the catalogue."""

from catalog.forms.enrolments import ColleagueForm, DeputyForm, SeatsForm

__all__ = ["ColleagueForm", "DeputyForm", "SeatsForm"]
