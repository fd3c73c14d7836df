"""The requests to fill in a questionnaire."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from evaluations.enums import Kind, State
from evaluations.models.questionnaires import Questionnaire
from portal.organisation.models import Faculty
from portal.people.models import new_reference
from trajectories.models import Trajectory


class Invitation(models.Model):
    """One row is the request for one survey at one closing of one trajectory.

    The links that were mailed are kept as hashes only: one for the request, one for each reminder.
    """

    reference = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    kind = models.CharField(max_length=24, choices=Kind.choices)
    trajectory = models.ForeignKey(Trajectory, models.CASCADE, related_name="survey_invitations")
    participant = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    faculty = models.ForeignKey(Faculty, models.PROTECT, related_name="+")
    closing_number = models.PositiveSmallIntegerField(default=1)
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="+")
    is_short = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    due_on = models.DateField()
    sent_on = models.DateField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    token_hashes = ArrayField(models.CharField(max_length=64), default=list, blank=True)

    class Meta:
        verbose_name = _("survey request")
        verbose_name_plural = _("survey requests")
        ordering = ("due_on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "trajectory", "closing_number"], name="invitation_once_per_closing"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[State.PLANNED, State.CANCELLED])
                | models.Q(sent_on__isnull=False, closes_on__isnull=False),
                name="invitation_sent_has_dates",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_on"], name="invitation_due"),
            models.Index(fields=["participant", "sent_on"], name="invitation_person_sent"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.closing_number}"
