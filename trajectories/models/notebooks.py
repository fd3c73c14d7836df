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
    edited_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ("-written_at", "-pk")


class NoteDraft(OfTrajectory):
    """One row is what somebody is typing: a new note in a notebook, or a change of one. Its writer's alone."""

    kind = models.CharField(max_length=16, choices=pairs(Notebook))
    author = models.ForeignKey(USER, models.PROTECT, related_name="+")
    note = models.ForeignKey(NotebookEntry, models.CASCADE, null=True, blank=True, related_name="drafts")
    text = EncryptedTextField(_("text"), blank=True)
    # Which open page typed last, and how often something was kept: a second device is recognised by these.
    device = models.CharField(max_length=12)
    version = models.PositiveIntegerField(default=1)
    # The version of the note from which a change began.
    base = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("draft of a note")
        verbose_name_plural = _("drafts of notes")
        ordering = ("-saved_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["trajectory", "kind", "author", "note"], nulls_distinct=False, name="note_draft_once"
            ),
        ]
