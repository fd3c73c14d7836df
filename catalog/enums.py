"""Fixed choices of the catalogue."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Where an offering stands in the editors' work."""

    DRAFT = "draft", _("Draft")
    SCHEDULED = "scheduled", _("Scheduled")
    PUBLISHED = "published", _("Published")
    ARCHIVED = "archived", _("Archived")


class Act(models.TextChoices):
    """What an editor, or the clock, did to a card."""

    CREATED = "created", _("Made")
    LOADED = "loaded", _("As it was")
    SAVED = "saved", _("Changed")
    PUBLISHED = "published", _("Published")
    SCHEDULED = "scheduled", _("Scheduled")
    WITHDRAWN = "withdrawn", _("Made a draft again")
    ARCHIVED = "archived", _("Archived")
    RESTORED = "restored", _("Earlier version put back")


class StepType(models.TextChoices):
    """What can happen before or after somebody takes part."""

    APPROVAL = "approval", _("Manager's approval")
    BUDGET = "budget", _("Choose the budget")
    INTAKE = "intake", _("Intake")
    CONFIRMATION = "confirmation", _("Confirmation with calendar file")
    PREWORK = "prework", _("Pre-work")
    REMINDER = "reminder", _("Reminder")
    ATTENDANCE = "attendance", _("Attendance")
    ASSIGNMENT = "assignment", _("Assignment")
    EVALUATION = "evaluation", _("Evaluation")
    CERTIFICATE = "certificate", _("Certificate of attendance")
    FOLLOW_UP = "follow_up", _("Follow-up moment")
    PLACEMENT = "placement", _("Placement")
    MATCHING = "matching", _("Matching")
    AGREEMENT = "agreement", _("Record the agreement")
    REVIEW = "review", _("Review by both sides")
    APPLICATION = "application", _("Send a response")
    CONSENT = "consent", _("Consent to share")
    LOTTERY = "lottery", _("Lottery")
    START_NOW = "start_now", _("Start at once")


class Form(models.TextChoices):
    """Where and how an offering takes place."""

    LOCATION = "location", _("On location")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("Partly online")
    SELF_PACED = "self_paced", _("In your own time")


class Effect(models.TextChoices):
    """Whether an offering prevents a problem or repairs something."""

    PREVENTIVE = "preventive", _("Helps to prevent problems")
    CURATIVE = "curative", _("Helps to put something right")
    BOTH = "both", _("Helps to prevent problems and to put things right")


class Setting(models.TextChoices):
    """Alone or with others."""

    GROUP = "group", _("In a group")
    INDIVIDUAL = "individual", _("On your own")


class ProviderKind(models.TextChoices):
    """Who gives it: a unit of the university or an outside party."""

    UNIT = "unit", _("Unit of the university")
    EXTERNAL = "external", _("Outside provider")


class Informed(models.TextChoices):
    """Whether a manager hears of it."""

    NO = "no", _("Your manager gets no message")
    YES = "yes", _("Your manager gets a message")
    SOMETIMES = "only_in_some_cases", _("Your manager gets a message in some cases")


class PageKind(models.TextChoices):
    """What an offering is when it is a page and not something to enrol in."""

    PAGE = "page", _("Page")
    SCHEME = "scheme", _("Scheme")
    DIRECTORY = "directory", _("Directory")


class Pot(models.TextChoices):
    """Which budget pays."""

    FREE = "free", _("Free of charge")
    OWN_BUDGET = "own_budget", _("Your career budget")
    CENTRAL = "central", _("The central budget")
    DEPARTMENT = "department", _("Your department's budget")
    REFERRAL = "referral", _("On referral")


class EnrolmentStatus(models.TextChoices):
    """Where an enrolment stands. The first three hold a place; the last three are over."""

    REQUESTED = "requested", _("Waiting for your manager")
    ACTIVE = "active", _("Enrolled")
    OFFERED = "offered", _("A place is kept for you")
    WAITING = "waiting", _("On the waiting list")
    CANCELLED = "cancelled", _("Cancelled")
    REFUSED = "refused", _("Not approved")
    LAPSED = "lapsed", _("Lapsed")


# Taken by the participant; an offer is only kept for them.
CERTAIN = (EnrolmentStatus.REQUESTED, EnrolmentStatus.ACTIVE)
HOLDING = (*CERTAIN, EnrolmentStatus.OFFERED)
OPEN = (*HOLDING, EnrolmentStatus.WAITING)


class Answer(models.TextChoices):
    """What a manager said to a request."""

    ASKED = "asked", _("Not answered yet")
    YES = "yes", _("Approved")
    NO = "no", _("Not approved")
    LAPSED = "lapsed", _("Not answered in time")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Part(models.TextChoices):
    """The structured parts of an intervention."""

    HOW = "how", _("How it works")
    WATCH_OUT = "watch_out", _("What to watch out for")
    PRECONDITION = "precondition", _("What must be in place")


class Actor(models.TextChoices):
    """Who wants to act."""

    EMPLOYER = "employer", _("Employer and manager")
    EMPLOYEE = "employee", _("Employee")
