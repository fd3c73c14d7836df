"""What the advisor knows of a participant's situation, and what was taken of the suggestions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.privacy.fields import EncryptedJSONField
from portal.privacy.history import tracked
from trajectories.enums import ToolKind, pairs
from trajectories.models.case import OfTrajectory


@tracked
class Situation(OfTrajectory):
    """One row is where the participant stands, as the advisor sees it: field, phases, factors to work on."""

    facts = EncryptedJSONField(default=dict)
    noted_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("situation")
        verbose_name_plural = _("situations")
        constraints = [models.UniqueConstraint(fields=["trajectory"], name="situation_once")]


@tracked
class ToolChoice(OfTrajectory):
    """One row is what the advisor decided about one component or instrument: use it, or not."""

    kind = models.CharField(max_length=10, choices=pairs(ToolKind))
    key = models.SlugField(max_length=40)
    is_taken = models.BooleanField()
    chosen_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("chosen instrument")
        verbose_name_plural = _("chosen instruments")
        ordering = ("chosen_at", "pk")
        constraints = [
            models.UniqueConstraint(fields=["trajectory", "kind", "key"], name="tool_choice_once"),
        ]
