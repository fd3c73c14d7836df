"""What a manager is asked about an enrolment, and who answers for an absent manager."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalog.enums import Answer
from catalog.models.enrolment import Enrolment
from portal import clock
from portal.people.models import new_reference
from portal.privacy.fields import EncryptedTextField
from portal.privacy.history import tracked


@tracked
class Approval(models.Model):
    """One row is one question to one manager, with exactly the text that manager reads."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="approvals")
    participant = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    manager = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="asked_approvals")
    message_nl = models.TextField(_("the exact message (Dutch)"))
    message_en = models.TextField(_("the exact message (English)"))
    asked_at = models.DateTimeField(_("asked at"), default=clock.now)
    answer_by = models.DateTimeField(_("answer before"))
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=10, choices=Answer.choices, default=Answer.ASKED)
    reason = EncryptedTextField(_("reason for a no"), blank=True, default="")
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("request for approval")
        verbose_name_plural = _("requests for approval")
        ordering = ("answer_by", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(answer=Answer.ASKED), name="approval_one_open"
            ),
            models.CheckConstraint(condition=~Q(manager=F("participant")), name="approval_not_by_oneself"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        """Whether it can still be answered."""
        return self.answer == Answer.ASKED and self.answer_by > clock.now()

    @property
    def message(self) -> str:
        """The exact message, in the language in force."""
        return self.message_nl if get_language() == "nl" else self.message_en

    @property
    def shown_answer(self) -> str:
        """What became of it; a request whose time is over counts as not answered."""
        lapsed = self.answer == Answer.ASKED and not self.is_open
        return str(Answer.LAPSED.label if lapsed else self.get_answer_display())


class Deputy(models.Model):
    """One row is one period in which a colleague answers for a manager."""

    manager = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="deputies")
    deputy = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="deputy_for")
    starts_on = models.DateField(_("from"), default=clock.today)
    ends_on = models.DateField(_("until"))

    class Meta:
        verbose_name = _("deputy")
        verbose_name_plural = _("deputies")
        ordering = ("starts_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(manager=F("deputy")),
                name="deputy_is_somebody_else",
                violation_error_message=_("Choose somebody else than yourself."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="deputy_ends_after_start",
                violation_error_message=_("The period can't end before it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} ({self.starts_on} - {self.ends_on})"
