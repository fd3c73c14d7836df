"""The report-back: a text about a trajectory that the participant releases to one person."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.people.models import new_reference
from portal.privacy.fields import EncryptedTextField
from portal.privacy.history import tracked
from trajectories.enums import Recipient, pairs
from trajectories.models.case import OfTrajectory, Trajectory

USER = settings.AUTH_USER_MODEL


@tracked
class ReportDraft(models.Model):
    """One row is a report-back in the making: drafted by the advisor, then in the participant's hands."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    trajectory = models.OneToOneField(Trajectory, models.CASCADE, related_name="report_draft")
    text = EncryptedTextField(_("text"))
    recipient = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    handed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("draft of a report-back")
        verbose_name_plural = _("drafts of report-backs")

    def __str__(self) -> str:
        return self.reference


@tracked
class ReportBack(OfTrajectory):
    """One row is one text as it was released to one person; nobody can change it any more."""

    participant = models.ForeignKey(USER, models.PROTECT, related_name="+")
    recipient = models.ForeignKey(USER, models.PROTECT, related_name="+")
    role = models.CharField(max_length=8, choices=pairs(Recipient))
    text = EncryptedTextField(_("text"))
    released_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("report-back")
        verbose_name_plural = _("report-backs")
        ordering = ("-released_at", "-pk")
