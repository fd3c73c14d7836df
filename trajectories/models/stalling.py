"""Cases in which nothing is planned, and who was reminded of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal import clock
from trajectories.enums import Side, pairs
from trajectories.models.case import OfTrajectory


class Nudge(OfTrajectory):
    """One row is one friendly reminder that nothing is planned: to whom, and since when it was quiet."""

    side = models.CharField(max_length=12, choices=pairs(Side))
    quiet_since = models.DateTimeField()
    sent_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("reminder that nothing is planned")
        verbose_name_plural = _("reminders that nothing is planned")
        ordering = ("sent_at", "pk")
        constraints = [
            models.UniqueConstraint(fields=["trajectory", "side", "quiet_since"], name="nudge_once_a_stall"),
        ]
