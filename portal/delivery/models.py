"""The outbox and the list of jobs: rows written in the same transaction as the act."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.delivery.enums import JobState, MailState
from portal.privacy.fields import EncryptedJSONField, EncryptedTextField


class Mail(models.Model):
    """One row is one mail to one address: rendered, and then waiting, sent or given up."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    key = models.CharField(max_length=200, unique=True)
    message_id = models.CharField(max_length=200, editable=False)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+"
    )
    address = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=2)
    template = models.CharField(max_length=120)
    subject = EncryptedTextField()
    text = EncryptedTextField()
    html = EncryptedTextField()
    attachments = EncryptedJSONField(default=list)
    state = models.CharField(_("state"), max_length=8, choices=MailState.choices, default=MailState.WAITING)
    queued_at = models.DateTimeField(_("queued at"), default=clock.now)
    due_at = models.DateTimeField(default=clock.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.CharField(_("last error"), max_length=200, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ("-queued_at", "pk")
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="mail_waiting"),
            models.Index(fields=["queued_at"], condition=Q(state="failed"), name="mail_failed"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def may_hold_dossier(self) -> bool:
        """Tell whether the text may come from a dossier; what the catalogue writes never does."""
        return not self.template.startswith("catalog/")


class Job(models.Model):
    """One row is one piece of work for the worker, done for one viewer (or for nobody)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    key = models.CharField(max_length=200, unique=True)
    name = models.CharField(_("job"), max_length=100)
    object_id = models.CharField(max_length=200, blank=True)
    viewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+"
    )
    state = models.CharField(_("state"), max_length=8, choices=JobState.choices, default=JobState.WAITING)
    queued_at = models.DateTimeField(_("queued at"), default=clock.now)
    due_at = models.DateTimeField(default=clock.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    progress = models.PositiveSmallIntegerField(_("progress"), default=0)
    message = models.CharField(_("message"), max_length=300, blank=True)
    result = models.CharField(max_length=200, blank=True)
    last_error = models.CharField(_("last error"), max_length=200, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ("-queued_at", "pk")
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="job_waiting"),
            models.Index(fields=["lease_until"], condition=Q(state="running"), name="job_running"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(progress__lte=100), name="job_progress_percent"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.pk}"

    @property
    def is_finished(self) -> bool:
        """Whether nothing more will happen with it by itself."""
        return self.state in (JobState.DONE, JobState.FAILED)

    def report(self, percent: int, message: str = "") -> None:
        """Tell how far the work is; the heartbeat writes it down within seconds."""
        self.progress = max(0, min(100, percent))
        self.message = message[:300]
