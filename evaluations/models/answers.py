"""What people answer: a draft while they write, an answer sheet once they have sent it in."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from evaluations.models.invitations import Invitation
from evaluations.models.questionnaires import Questionnaire
from portal.organisation.models import Faculty
from portal.privacy.fields import EncryptedJSONField, EncryptedTextField


class Draft(models.Model):
    """One row is one survey that somebody is filling in; it goes when the survey is sent or closes."""

    invitation = models.OneToOneField(Invitation, models.CASCADE, related_name="draft")
    answers = EncryptedJSONField(default=dict)

    class Meta:
        verbose_name = _("survey draft")
        verbose_name_plural = _("survey drafts")

    def __str__(self) -> str:
        return f"draft {self.pk}"


class Response(models.Model):
    """One row is one survey sent in: choices for the figures, texts and the link encrypted.

    The key is random and no date finer than the quarter is kept, so that the order says nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="+")
    faculty = models.ForeignKey(Faculty, models.PROTECT, related_name="+")
    period = models.CharField(max_length=6)
    is_short = models.BooleanField(default=False)
    choices = models.JSONField(default=dict)
    texts = EncryptedJSONField(default=dict)
    link = EncryptedTextField(blank=True)

    class Meta:
        verbose_name = _("answer sheet")
        verbose_name_plural = _("answer sheets")
        indexes = [models.Index(fields=["period", "questionnaire"], name="response_period")]

    def __str__(self) -> str:
        return f"answer sheet {self.pk}"
