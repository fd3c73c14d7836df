"""A change of advisor: asked for, done, and answered by the participant."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from advisors.enums import Gone
from portal import clock
from portal.privacy.fields import EncryptedJSONField
from portal.privacy.history import tracked
from trajectories.models.case import OfTrajectory

USER = settings.AUTH_USER_MODEL
ASKED = "asked"
CAUSES = [*Gone.choices, (ASKED, _("The participant asks for another advisor."))]


@tracked
class Handover(OfTrajectory):
    """One row is one change of advisor: why, from whom to whom, and what the participant said to it."""

    cause = models.CharField(max_length=12, choices=CAUSES)
    old = models.ForeignKey(USER, models.PROTECT, related_name="+")
    new = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    handed_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    handed_at = models.DateTimeField(null=True, blank=True)
    # The best three of that day with their reasons, so that the participant can choose another.
    offered = EncryptedJSONField(default=list)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("change of advisor")
        verbose_name_plural = _("changes of advisor")
        ordering = ("-asked_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["trajectory"], condition=Q(new__isnull=True), name="handover_one_open"
            ),
        ]
