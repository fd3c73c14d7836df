"""The fixed words of evaluations."""

from evaluations.enums.period import Period
from evaluations.enums.survey import Kind, Mode, QuestionKind, ReleaseState, State

__all__ = ["Kind", "Mode", "Period", "QuestionKind", "ReleaseState", "State"]
