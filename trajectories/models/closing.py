"""Intended results and what both sides think of them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.privacy.fields import EncryptedTextField
from portal.privacy.history import tracked
from trajectories.enums import Side, pairs
from trajectories.models.agreement import Agreement
from trajectories.models.case import OfTrajectory

RATINGS = [(key, key) for key in ("achieved", "partly_achieved", "not_achieved", "no_longer_relevant")]


@tracked
class IntendedResult(OfTrajectory):
    """One row is one result that the trajectory should bring, or brought without a plan."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, null=True, blank=True, related_name="results")
    text = EncryptedTextField(_("result"))
    after_talks = models.PositiveSmallIntegerField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    # Who named a result that nobody had planned; hidden from the other until both have rated.
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("intended result")
        verbose_name_plural = _("intended results")
        ordering = ("order", "pk")

    @property
    def is_unplanned(self) -> bool:
        """Tell whether it was named at the closing only."""
        return self.agreement_id is None


@tracked
class Rating(OfTrajectory):
    """One row is what one side thinks of one result, hidden from the other until both are in."""

    result = models.ForeignKey(IntendedResult, models.CASCADE, related_name="ratings")
    side = models.CharField(max_length=12, choices=pairs(Side))
    rater = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(default=1)
    value = models.CharField(max_length=20, choices=RATINGS)
    remark = EncryptedTextField(blank=True)
    rated_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("rating of a result")
        verbose_name_plural = _("ratings of results")
        ordering = ("result", "side")
        constraints = [
            models.UniqueConstraint(fields=["result", "side", "round"], name="rating_once_a_round"),
        ]
