"""Forms of the catalogue."""

from catalog.forms.enrolments import DeputyForm, SeatsForm

__all__ = ["DeputyForm", "SeatsForm"]
