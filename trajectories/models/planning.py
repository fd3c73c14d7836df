"""Times that planned conversations take, and whether participant and advisor get on."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

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
