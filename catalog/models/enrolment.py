"""Who goes to which session. Personal data: only the participant reads it (see `permissions`)."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.enums import HOLDING, OPEN, EnrolmentStatus, Pot
from catalog.models.reference import ManagerNotice
from catalog.models.session import Session
from portal import clock
from portal.people.models import new_reference
from portal.privacy.history import tracked


@tracked
class Enrolment(models.Model):
    """One row is one person's place in one session or in its queue, with what was promised about cost and notices.

    The order of the queue is that of the key: rows are made under a lock on the session.
    """

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
    offered_until = models.DateTimeField(_("place kept until"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    paid_at = models.DateTimeField(_("paid at"), null=True, blank=True)
    # The steps about which a letter was written, with the day of the date: `reminder:-3:20261203`.
    told_steps = ArrayField(models.CharField(max_length=40), default=list, blank=True, editable=False)
    sequence = models.PositiveSmallIntegerField(_("version of the calendar entry"), default=0)

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ("session__starts_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "participant"],
                condition=Q(status__in=OPEN),
                name="enrolment_one_open",
                violation_error_message=_("You are already enrolled in this session."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=OPEN, cancelled_at__isnull=True)
                | (~Q(status__in=OPEN) & Q(cancelled_at__isnull=False)),
                name="enrolment_ended_has_time",
                violation_error_message=_("An enrolment that is over has the time of its end."),
            ),
            models.CheckConstraint(
                condition=Q(status=EnrolmentStatus.OFFERED, offered_until__isnull=False)
                | (~Q(status=EnrolmentStatus.OFFERED) & Q(offered_until__isnull=True)),
                name="enrolment_offer_ends",
                violation_error_message=_("An offered place is kept until a certain time."),
            ),
        ]
        indexes = [models.Index(fields=["session", "status"], name="enrolment_by_session")]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_active(self) -> bool:
        """Whether it is certain that this person comes."""
        return self.status == EnrolmentStatus.ACTIVE

    @property
    def is_open(self) -> bool:
        """Whether it is not over."""
        return self.status in OPEN

    @property
    def is_holding(self) -> bool:
        """Whether a place is taken by it."""
        return self.status in HOLDING

    @property
    def is_waiting(self) -> bool:
        """Whether it stands in the queue."""
        return self.status == EnrolmentStatus.WAITING

    @property
    def is_offered(self) -> bool:
        """Whether a place is kept for this person to choose."""
        return self.status == EnrolmentStatus.OFFERED

    @property
    def is_requested(self) -> bool:
        """Whether the manager has to answer."""
        return self.status == EnrolmentStatus.REQUESTED
