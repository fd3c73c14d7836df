"""Intended results, what both sides think of them, and what else is said at a closing."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.privacy.fields import EncryptedTextField
from portal.privacy.history import tracked
from trajectories.enums import Side, pairs
from trajectories.models.agreement import Agreement
from trajectories.models.case import OfTrajectory

RATINGS = [(key, key) for key in ("achieved", "partly_achieved", "not_achieved", "no_longer_relevant")]
OUTCOMES = [
    (key, key)
    for key in (
        "same_job_refreshed",
        "new_role_inside",
        "new_job_outside",
        "sharpening_competences",
        "still_searching",
        "other",
    )
]


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


@tracked
class Outcome(OfTrajectory):
    """One row is where the participant stands at a closing, in their own account (decision 13)."""

    round = models.PositiveSmallIntegerField(default=1)
    main = models.CharField(_("where you stand now"), max_length=24, choices=OUTCOMES)
    others = ArrayField(models.CharField(max_length=24, choices=OUTCOMES), default=list, blank=True)
    stated_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        ordering = ("round",)
        constraints = [
            models.UniqueConstraint(fields=["trajectory", "round"], name="outcome_once_a_round"),
        ]


@tracked
class Discussion(OfTrajectory):
    """One row is what the two said together about one question of the closing."""

    round = models.PositiveSmallIntegerField(default=1)
    key = models.SlugField(max_length=40)
    text = EncryptedTextField(_("answer"))
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("answer to a question of the closing")
        verbose_name_plural = _("answers to the questions of the closing")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["trajectory", "round", "key"], name="discussion_once_a_round"),
        ]


# Not tracked: an address that is taken back leaves nothing behind.
class LaterAddress(OfTrajectory):
    """One row is where the follow-up may go when the participant has left by then (decision 9)."""

    email = EncryptedTextField(_("e-mail address"))
    agreed_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("address for later")
        verbose_name_plural = _("addresses for later")
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["trajectory"], name="later_address_one")]
