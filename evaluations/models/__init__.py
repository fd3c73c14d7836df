"""What evaluations keeps."""

from evaluations.models.answers import Draft, Response
from evaluations.models.figures import Indicator, Release, ReleasedFigure
from evaluations.models.invitations import Invitation
from evaluations.models.questionnaires import Option, Question, Questionnaire

__all__ = [
    "Draft",
    "Indicator",
    "Invitation",
    "Option",
    "Question",
    "Questionnaire",
    "Release",
    "ReleasedFigure",
    "Response",
]
