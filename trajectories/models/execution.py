"""Conversations and components."""

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.privacy.fields import EncryptedTextField
from portal.privacy.history import tracked
from trajectories.enums import Progress, TalkKind, TalkMode, TalkState, pairs
from trajectories.models.case import OfTrajectory

USER = settings.AUTH_USER_MODEL
LATE = timedelta(hours=24)


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
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    extra_reason = EncryptedTextField(_("why one more than agreed"), blank=True)

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

    @property
    def is_late_now(self) -> bool:
        """Tell whether cancelling now would be late."""
        return clock.now() > self.starts_at - LATE

    @property
    def was_cancelled_late(self) -> bool:
        """Tell whether it was cancelled shortly before, or after, it should have begun."""
        return self.cancelled_at is not None and self.cancelled_at > self.starts_at - LATE


@tracked
class ComponentState(OfTrajectory):
    """One row is how far one component of the programme is; left out only with a reason."""

    key = models.SlugField(max_length=40)
    handling = models.CharField(max_length=8, choices=pairs(Progress))
    reason = EncryptedTextField(blank=True)
    options = ArrayField(models.SlugField(max_length=40), default=list, blank=True)

    class Meta:
        verbose_name = _("component")
        verbose_name_plural = _("components")
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["trajectory", "key"], name="component_once")]
