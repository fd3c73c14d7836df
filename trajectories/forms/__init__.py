"""Forms of a trajectory. The views join them with the services."""

from trajectories.forms.assignments import AnswerForm, AssignmentForm, HandInForm
from trajectories.forms.base import VersionForm
from trajectories.forms.closing import AddressForm, DiscussionForm, RatingForm
from trajectories.forms.components import ComponentsForm
from trajectories.forms.moving import ReasonForm
from trajectories.forms.notebooks import NoteForm
from trajectories.forms.planning import AppointmentForm, MoveTalkForm, RecordForm, SequenceForm, TalkForm
from trajectories.forms.plans import GoalForm, PlanForm, StepForm
from trajectories.forms.preparation import AgreementForm, ClientForm, IntakeForm, RequestForm, SignForm
from trajectories.forms.referral import ReferForm
from trajectories.forms.report_back import ReleaseForm, ReportForm
from trajectories.forms.tailoring import SituationForm
from trajectories.forms.workbook import ChapterForm

__all__ = [
    "AddressForm",
    "AgreementForm",
    "AnswerForm",
    "AppointmentForm",
    "AssignmentForm",
    "ChapterForm",
    "ClientForm",
    "ComponentsForm",
    "DiscussionForm",
    "GoalForm",
    "HandInForm",
    "IntakeForm",
    "MoveTalkForm",
    "NoteForm",
    "PlanForm",
    "RatingForm",
    "ReasonForm",
    "RecordForm",
    "ReferForm",
    "ReleaseForm",
    "ReportForm",
    "RequestForm",
    "SequenceForm",
    "SignForm",
    "SituationForm",
    "StepForm",
    "TalkForm",
    "VersionForm",
]
