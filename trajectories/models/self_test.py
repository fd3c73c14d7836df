"""The self-test of the eight career factors: it is its owner's, inside a trajectory and outside one.

None of these keeps history: an outcome never changes, and what its owner erases or takes back must be gone.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.people.models import new_reference
from portal.privacy.fields import EncryptedJSONField
from trajectories.enums import pairs
from trajectories.enums.self_test import Moment, Words
from trajectories.models.case import OfTrajectory, Trajectory

USER = settings.AUTH_USER_MODEL


class SelfTestDraft(models.Model):
    """One row is what somebody has answered of a self-test that is not finished."""

    owner = models.OneToOneField(USER, models.CASCADE, related_name="+")
    answers = EncryptedJSONField(default=dict)
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("draft of a self-test")
        verbose_name_plural = _("drafts of self-tests")

    def __str__(self) -> str:
        return str(self.pk)


class Outcome(models.Model):
    """What an outcome is, for its owner and for whom it is shown to: when it was taken, and a score per factor."""

    moment = models.CharField(max_length=8, choices=pairs(Moment), default=Moment.APART)
    scores = EncryptedJSONField()
    taken_at = models.DateTimeField(default=clock.now)

    class Meta:
        abstract = True
        ordering = ("-taken_at", "-pk")

    @property
    def moment_label(self) -> Words:
        """The moment in words."""
        return Moment(self.moment).label


class SelfTest(Outcome):
    """One row is one finished self-test: the answers, and the score per factor that they gave."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    owner = models.ForeignKey(USER, models.CASCADE, related_name="+")
    trajectory = models.ForeignKey(Trajectory, models.SET_NULL, null=True, related_name="+")
    answers = EncryptedJSONField()

    class Meta(Outcome.Meta):
        verbose_name = _("self-test")
        verbose_name_plural = _("self-tests")
        indexes = [models.Index(fields=["owner", "taken_at"], name="self_test_of_owner")]

    def __str__(self) -> str:
        return self.reference


class SelfTestShare(OfTrajectory, Outcome):
    """One row is one test shown to the advisor of the case, until a day; the scores are copied, no answers."""

    test = models.ForeignKey(SelfTest, models.CASCADE, related_name="shares")
    owner = models.ForeignKey(USER, models.CASCADE, related_name="+")
    advisor = models.ForeignKey(USER, models.CASCADE, related_name="+")
    shared_at = models.DateTimeField(default=clock.now)
    until_on = models.DateField(_("until and including"))
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta(Outcome.Meta):
        verbose_name = _("shared self-test")
        verbose_name_plural = _("shared self-tests")
        constraints = [
            models.UniqueConstraint(
                fields=["test", "advisor"],
                condition=Q(withdrawn_at__isnull=True),
                name="self_test_shared_once",
            )
        ]

    def __str__(self) -> str:
        return self.reference
