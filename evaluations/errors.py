"""Refusals of the services, each with a sentence for the person."""

from django.utils.translation import gettext_lazy as _


class EvaluationError(Exception):
    """An act that the rules do not allow; `str()` is the sentence to show."""


class SurveyClosedError(EvaluationError):
    """The survey was sent in already, has expired or was withdrawn."""


class NotReleasableError(EvaluationError):
    """The period cannot be released."""

    ended = _("This quarter has not ended yet.")
    taken = _("This quarter has been released already.")
    unprepared = _("The figures of this quarter have not been counted yet.")
