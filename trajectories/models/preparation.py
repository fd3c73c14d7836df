"""Request, suggested advisors, intake and the points agreed with a client."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.privacy.fields import EncryptedJSONField, EncryptedTextField
from portal.privacy.history import tracked
from trajectories.enums import Handling, TypedPage, pairs
from trajectories.models.case import OfTrajectory, Trajectory
from trajectories.models.referral import Referral

USER = settings.AUTH_USER_MODEL


class Draft(models.Model):
    """What somebody is typing in a form, by field; without history, since it is kept while typing."""

    body = EncryptedJSONField(default=dict)
    # Which open page typed last, and how often something was kept: a second device is recognised by these.
    device = models.CharField(max_length=12, blank=True)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        abstract = True


class RequestDraft(Draft):
    """One row is what somebody has typed of a request that was not sent yet."""

    user = models.OneToOneField(USER, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("draft of a request")
        verbose_name_plural = _("drafts of requests")

    def __str__(self) -> str:
        return str(self.pk)


@tracked
class Request(models.Model):
    """One row is the question with which somebody came, in their own words."""

    trajectory = models.OneToOneField(Trajectory, models.CASCADE, related_name="request")
    question = EncryptedTextField(_("question"))
    wishes = EncryptedTextField(_("wishes"), blank=True)
    question_types = ArrayField(models.SlugField(max_length=40), default=list)
    wants_external = models.BooleanField(_("rather an advisor from outside the university"), default=False)
    accepts_same_faculty = models.BooleanField(_("an advisor of the own faculty is fine"), default=False)
    tells_manager = models.BooleanField(_("the manager may know of the trajectory"), default=False)
    referral = models.OneToOneField(
        Referral, models.PROTECT, null=True, blank=True, related_name="request", verbose_name=_("invitation")
    )

    class Meta:
        verbose_name = _("request")
        verbose_name_plural = _("requests")

    def __str__(self) -> str:
        return str(self.pk)


class Suggestion(OfTrajectory):
    """One row is an advisor who was suggested for a request, with the reasons of that day."""

    advisor = models.ForeignKey(USER, models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField()
    reasons = EncryptedJSONField(default=list)
    suggested_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    suggested_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("suggested advisor")
        verbose_name_plural = _("suggested advisors")
        ordering = ("rank", "pk")
        constraints = [models.UniqueConstraint(fields=["trajectory", "advisor"], name="suggestion_once")]


@tracked
class IntakeAspect(OfTrajectory):
    """One row is one point of the intake, handled or left out with a reason."""

    key = models.SlugField(max_length=40)
    handling = models.CharField(max_length=8, choices=pairs(Handling))
    note = EncryptedTextField(blank=True)
    handled_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("point of the intake")
        verbose_name_plural = _("points of the intake")
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["trajectory", "key"], name="intake_aspect_once")]


class PageDraft(OfTrajectory, Draft):
    """One row is what the advisor is typing on a page of the preparation. Its writer's alone."""

    author = models.ForeignKey(USER, models.PROTECT, related_name="+")
    page = models.CharField(max_length=16, choices=pairs(TypedPage))

    class Meta:
        verbose_name = _("draft of a page")
        verbose_name_plural = _("drafts of pages")
        ordering = ("-saved_at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["trajectory", "author", "page"], name="page_draft_once")
        ]

    def __str__(self) -> str:
        return self.reference


@tracked
class ClientPoint(OfTrajectory):
    """One row is one of the three points agreed with the client of a referred participant."""

    key = models.SlugField(max_length=40)
    text = EncryptedTextField()
    is_confirmed = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("point agreed with the client")
        verbose_name_plural = _("points agreed with the client")
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["trajectory", "key"], name="client_point_once")]
