"""Who goes to which session. Personal data: only the participant reads it (see `permissions`)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.enums import EnrolmentStatus, Pot
from catalog.models.reference import ManagerNotice
from catalog.models.session import Session
from portal import clock
from portal.people.models import new_reference
from portal.privacy.history import tracked


@tracked
class Enrolment(models.Model):
    """One row is one person's place in one session, with what was promised about cost and notices."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    session = models.ForeignKey(Session, models.PROTECT, related_name="enrolments")
    participant = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="enrolments")
    status = models.CharField(
        _("status"), max_length=10, choices=EnrolmentStatus.choices, default=EnrolmentStatus.ACTIVE
    )
    pot = models.CharField(_("budget"), max_length=12, choices=Pot.choices)
    notice = models.ForeignKey(ManagerNotice, models.PROTECT, related_name="+")
    cost_eur = models.PositiveIntegerField(_("cost in euros"), default=0)
    is_manager_told = models.BooleanField(_("the manager was told"), default=False)
    enrolled_at = models.DateTimeField(_("enrolled at"), default=clock.now)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ("session__starts_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "participant"],
                condition=Q(status=EnrolmentStatus.ACTIVE),
                name="enrolment_one_active",
                violation_error_message=_("You are already enrolled in this session."),
            ),
            models.CheckConstraint(
                condition=Q(status=EnrolmentStatus.ACTIVE, cancelled_at__isnull=True)
                | Q(status=EnrolmentStatus.CANCELLED, cancelled_at__isnull=False),
                name="enrolment_cancelled_has_time",
                violation_error_message=_("A cancelled enrolment has the time of cancelling."),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_active(self) -> bool:
        """Whether the place is taken."""
        return self.status == EnrolmentStatus.ACTIVE
