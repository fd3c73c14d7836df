"""Kinds, modes and states of surveys and releases."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Mode(TextChoices):
    """What is promised before the first question (decision 18)."""

    CONFIDENTIAL = "confidential", _("Confidential")
    ANONYMOUS = "anonymous", _("Anonymous")
    NAMED = "named", _("Named")


class QuestionKind(TextChoices):
    """How a question is answered."""

    LIKERT = "likert5", _("Scale of 1 to 5")
    NET_SCORE = "nps0_10", _("Score of 0 to 10")
    SINGLE = "single_choice", _("One answer")
    MULTIPLE = "multiple_choice", _("Several answers")
    OPEN = "open", _("Open answer")


class Kind(TextChoices):
    """Which moment of a trajectory the request belongs to; the value is the questionnaire's key."""

    CLOSING = "closing_evaluation", _("Closing evaluation")
    FOLLOW_UP = "six_month_follow_up", _("Six months later")


class State(TextChoices):
    """Where a request stands."""

    PLANNED = "planned", _("Planned")
    SENT = "sent", _("Sent")
    ANSWERED = "answered", _("Answered")
    EXPIRED = "expired", _("Closed without an answer")
    CANCELLED = "cancelled", _("Cancelled")


class ReleaseState(TextChoices):
    """A release is counted, looked at once by central HR, and then given out."""

    PREPARING = "preparing", _("Being counted")
    PREPARED = "prepared", _("Ready to look at")
    RELEASED = "released", _("Released")
