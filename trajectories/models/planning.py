"""Times that planned conversations take, and whether participant and advisor get on."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal import clock
from trajectories.enums import Click, pairs
from trajectories.models.case import OfTrajectory
from trajectories.models.execution import Conversation

USER = settings.AUTH_USER_MODEL


class TakenTime(models.Model):
    """One row is the time that a planned conversation takes of one of its two people; the database keeps it."""

    conversation = models.ForeignKey(Conversation, models.DO_NOTHING, related_name="+")
    person = models.ForeignKey(USER, models.DO_NOTHING, related_name="+")
    during = DateTimeRangeField()

    class Meta:
        verbose_name = _("taken time")
        verbose_name_plural = _("taken times")
        constraints = [
            ExclusionConstraint(
                name="taken_time_once",
                expressions=[("person", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                violation_error_message=_("This time has just been taken."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ClickCheck(OfTrajectory):
    """One row is what the participant answered to whether it clicks with an advisor; nobody else reads it."""

    advisor = models.ForeignKey(USER, models.PROTECT, related_name="+")
    answer = models.CharField(max_length=8, choices=pairs(Click))
    answered_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("whether it clicks")
        verbose_name_plural = _("whether it clicks")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["trajectory", "advisor"], name="click_once_per_advisor"),
        ]
