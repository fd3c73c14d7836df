"""Conversations, notebooks, plans and components."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.people.models import new_reference
from portal.privacy.fields import EncryptedTextField
from portal.privacy.history import tracked
from trajectories.enums import Handling, Notebook, TalkKind, TalkMode, TalkState, pairs
from trajectories.models.case import OfTrajectory

USER = settings.AUTH_USER_MODEL


@tracked
class Conversation(OfTrajectory):
    """One row is one appointment of participant and advisor; what was said stands in the notebooks."""

    advisor = models.ForeignKey(USER, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=pairs(TalkKind), default=TalkKind.TALK)
    state = models.CharField(max_length=10, choices=pairs(TalkState), default=TalkState.PLANNED)
    mode = models.CharField(_("how"), max_length=12, choices=pairs(TalkMode), default=TalkMode.FACE_TO_FACE)
    place = EncryptedTextField(_("place"), blank=True)
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    sequence = models.PositiveSmallIntegerField(default=0)
    recorded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        ordering = ("starts_at", "pk")
        indexes = [models.Index(fields=["advisor", "starts_at"], name="conversation_of_advisor")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="conversation_ends_after_start",
                violation_error_message=_("The end is after the start."),
            ),
        ]

    @property
    def is_counted(self) -> bool:
        """Tell whether it counts for the agreed number of conversations."""
        return self.state == TalkState.HELD and self.kind != TalkKind.INTAKE


@tracked
class NotebookEntry(OfTrajectory):
    """One row is one note in one of the three notebooks."""

    kind = models.CharField(max_length=16, choices=pairs(Notebook))
    author = models.ForeignKey(USER, models.PROTECT, related_name="+")
    conversation = models.ForeignKey(
        Conversation, models.SET_NULL, null=True, blank=True, related_name="entries"
    )
    text = EncryptedTextField(_("text"))
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ("-written_at", "-pk")


@tracked
class Plan(OfTrajectory):
    """One row is plan A, B or C; an unshared plan is the participant's alone."""

    letter = models.CharField(max_length=1, choices=[("A", "A"), ("B", "B"), ("C", "C")])
    title = EncryptedTextField(_("title"), blank=True)
    is_shared = models.BooleanField(_("the advisor reads along"), default=False)

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ("letter",)
        constraints = [models.UniqueConstraint(fields=["trajectory", "letter"], name="plan_letter_once")]


@tracked
class PlanStep(models.Model):
    """One row is one step of a plan."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="steps")
    text = EncryptedTextField(_("step"))
    due_on = models.DateField(_("by when"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ("order", "pk")

    def __str__(self) -> str:
        return self.reference

    @property
    def is_late(self) -> bool:
        """Tell whether the date has passed and the step is open."""
        return bool(self.due_on and not self.done_at and self.due_on < clock.today())


@tracked
class ComponentState(OfTrajectory):
    """One row is one component of the programme: done, or left out with a reason."""

    key = models.SlugField(max_length=40)
    handling = models.CharField(max_length=8, choices=pairs(Handling))
    reason = EncryptedTextField(blank=True)

    class Meta:
        verbose_name = _("component")
        verbose_name_plural = _("components")
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["trajectory", "key"], name="component_once")]
