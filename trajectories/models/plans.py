"""Plans and their steps."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.enums import Status as Published
from catalog.models import Offering
from portal import clock
from portal.people.models import new_reference
from portal.privacy.fields import EncryptedTextField
from portal.privacy.history import tracked
from trajectories.models.case import OfTrajectory


@tracked
class Plan(OfTrajectory):
    """One row is plan A, B or C; an unshared plan is the participant's alone."""

    letter = models.CharField(max_length=1, choices=[("A", "A"), ("B", "B"), ("C", "C")])
    title = EncryptedTextField(_("title"), blank=True)
    is_shared = models.BooleanField(_("the advisor reads along"), default=False)
    shared_at = models.DateTimeField(null=True, blank=True)
    is_reminding = models.BooleanField(_("a reminder of each date"), default=True)

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ("letter",)
        constraints = [models.UniqueConstraint(fields=["trajectory", "letter"], name="plan_letter_once")]


class OfPlan(models.Model):
    """What goals and steps have."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="%(class)ss")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.reference


@tracked
class Goal(OfPlan):
    """One row is one goal of a plan, under which steps may stand."""

    text = EncryptedTextField(_("goal"))
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ("order", "pk")


@tracked
class PlanStep(OfPlan):
    """One row is one step of a plan."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="steps")
    goal = models.ForeignKey(Goal, models.SET_NULL, null=True, blank=True, related_name="steps")
    text = EncryptedTextField(_("step"))
    help_needed = EncryptedTextField(_("what or whom I need for it"), blank=True)
    offering = models.ForeignKey(Offering, models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(_("by when"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    # The participant's next place in the offering, where a page has asked for it.
    place: Any = None

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ("order", "pk")

    @property
    def open_offering(self) -> Offering | None:
        """The linked offering, as long as it is published."""
        return self.offering if self.offering and self.offering.status == Published.PUBLISHED else None

    @property
    def is_late(self) -> bool:
        """Tell whether the date has passed and the step is open."""
        return bool(self.due_on and not self.done_at and self.due_on < clock.today())


class StepReminder(models.Model):
    """One row is one day on which the participant is reminded of a step; it holds no text."""

    step = models.ForeignKey(PlanStep, models.CASCADE, related_name="reminders")
    participant = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    due_on = models.DateField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("reminder of a step")
        verbose_name_plural = _("reminders of steps")
        ordering = ("due_on", "pk")
        constraints = [models.UniqueConstraint(fields=["step", "due_on"], name="step_reminder_once_a_day")]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(sent_at__isnull=True), name="step_reminder_due")
        ]

    def __str__(self) -> str:
        return f"{self.step_id} {self.due_on}"
