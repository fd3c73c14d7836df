"""Forms of a trajectory. The views join them with the services."""

from trajectories.forms.base import AppointmentForm, ReasonForm, VersionForm
from trajectories.forms.execution import (
    ComponentsForm,
    MoveTalkForm,
    RatingForm,
    RecordForm,
    SequenceForm,
    TalkForm,
)
from trajectories.forms.notebooks import NoteForm
from trajectories.forms.plans import PlanForm, StepForm
from trajectories.forms.preparation import AgreementForm, ClientForm, IntakeForm, RequestForm, SignForm
from trajectories.forms.referral import ReferForm

__all__ = [
    "AgreementForm",
    "AppointmentForm",
    "ClientForm",
    "ComponentsForm",
    "IntakeForm",
    "MoveTalkForm",
    "NoteForm",
    "PlanForm",
    "RatingForm",
    "ReasonForm",
    "RecordForm",
    "ReferForm",
    "RequestForm",
    "SequenceForm",
    "SignForm",
    "StepForm",
    "TalkForm",
    "VersionForm",
]
