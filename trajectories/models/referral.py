"""Invitations to career advice by a manager or HR, and what is counted of requests that were taken back."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.people.models import new_reference
from portal.privacy.fields import EncryptedTextField
from portal.privacy.history import tracked
from trajectories.enums import ReferralState, Route, pairs

USER = settings.AUTH_USER_MODEL


@tracked
class Referral(models.Model):
    """One row is one invitation: who asks whom, why, and as much of what follows as the referrer may know."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    employee = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("employee"))
    referrer = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("referrer"))
    route = models.CharField(max_length=8, choices=pairs(Route))
    frame = models.CharField(_("framework"), max_length=32)
    reason = EncryptedTextField(_("reason"))
    state = models.CharField(max_length=8, choices=pairs(ReferralState), default=ReferralState.SENT)
    sent_at = models.DateTimeField(default=clock.now)
    answered_on = models.DateField(null=True, blank=True)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("invitation to career advice")
        verbose_name_plural = _("invitations to career advice")
        ordering = ("-sent_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "referrer"], condition=Q(state="sent"), name="referral_one_open"
            ),
            models.CheckConstraint(condition=~Q(employee=models.F("referrer")), name="referral_to_another"),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                # Not the reason: an encrypted text looks different after each save.
                name="terms_stand",
                fields=["employee", "referrer", "route", "frame", "sent_at"],
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Decline(models.Model):
    """One row is one required trajectory that was declined; the coordinator learns that and nothing else."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    employee = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("employee"))
    referral = models.OneToOneField(Referral, models.CASCADE, related_name="decline")
    declined_on = models.DateField(default=clock.today)

    class Meta:
        verbose_name = _("declined trajectory")
        verbose_name_plural = _("declined trajectories")
        ordering = ("-declined_on", "-pk")

    def __str__(self) -> str:
        return self.reference


class WithdrawalCount(models.Model):
    """One row is the number of requests of a quarter that were taken back before anyone had opened them."""

    period = models.CharField(max_length=6, unique=True)
    number = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("count of withdrawn requests")
        verbose_name_plural = _("counts of withdrawn requests")
        ordering = ("period",)

    def __str__(self) -> str:
        return self.period
