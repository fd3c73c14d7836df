"""Plans and their steps."""

from django.db import models
from django.utils.translation import gettext_lazy as _

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
