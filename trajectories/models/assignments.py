"""Assignments: what the advisor asks, what the participant hands in, and what is answered."""

import base64

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.privacy.fields import EncryptedTextField
from portal.privacy.history import tracked
from trajectories.enums import AssignmentState, PostKind, pairs
from trajectories.models.case import OfTrajectory

USER = settings.AUTH_USER_MODEL


@tracked
class Assignment(OfTrajectory):
    """One row is one thing that the advisor asks the participant to do."""

    instrument = models.SlugField(max_length=40, blank=True)
    title = EncryptedTextField(_("title"))
    task = EncryptedTextField(_("what to do"))
    due_on = models.DateField(_("by when"))
    state = models.CharField(max_length=10, choices=pairs(AssignmentState), default=AssignmentState.OPEN)
    given_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ("due_on", "pk")
        indexes = [models.Index(fields=["trajectory", "state"], name="assignment_state")]

    @property
    def is_late(self) -> bool:
        """Tell whether the date has passed and nothing was handed in."""
        return self.state == AssignmentState.OPEN and self.due_on < clock.today()


class AssignmentPost(OfTrajectory):
    """One row is one thing said in an assignment: handed in, answered, or asked again. It never changes."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="posts")
    kind = models.CharField(max_length=12, choices=pairs(PostKind))
    author = models.ForeignKey(USER, models.PROTECT, related_name="+")
    text = EncryptedTextField(_("text"), blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("part of an assignment")
        verbose_name_plural = _("parts of assignments")
        ordering = ("at", "pk")


class AssignmentFile(OfTrajectory):
    """One row is the file of one post, encrypted like every text of the dossier."""

    post = models.OneToOneField(AssignmentPost, models.CASCADE, related_name="file")
    name = EncryptedTextField(_("file name"))
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("size in bytes"))
    encoded = EncryptedTextField()

    class Meta:
        verbose_name = _("file of an assignment")
        verbose_name_plural = _("files of assignments")
        ordering = ("pk",)

    @property
    def content(self) -> bytes:
        """The file itself."""
        return base64.b64decode(self.encoded)
