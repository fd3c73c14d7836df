"""Notebooks."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.privacy.fields import EncryptedTextField
from portal.privacy.history import tracked
from trajectories.enums import Notebook, pairs
from trajectories.models.case import OfTrajectory
from trajectories.models.execution import Conversation

USER = settings.AUTH_USER_MODEL


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
