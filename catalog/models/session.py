"""Dated runs of an offering and their later meetings."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalog.models.offering import Offering
from portal import clock
from portal.people.enums import Language
from portal.people.models import new_reference


class Session(models.Model):
    """One row is one dated run of an offering, with its seats.

    `taken` and `waiting` are kept by a database trigger on enrolments, so that the check on seats below holds for every
    write, bulk writes and racing clients included. `held` are places that the organiser gave away elsewhere.
    """

    reference = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    key = models.SlugField(_("key"), max_length=80, unique=True, null=True, blank=True)
    offering = models.ForeignKey(Offering, models.CASCADE, related_name="sessions")
    title = models.CharField(_("title of this part"), max_length=160, blank=True)
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    room = models.CharField(_("room"), max_length=160, blank=True)
    is_online = models.BooleanField(_("is online"), default=False)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    seats = models.PositiveIntegerField(_("seats"))
    held = models.PositiveIntegerField(_("places given away elsewhere"), default=0)
    taken = models.PositiveIntegerField(_("places taken"), default=0, editable=False)
    waiting = models.PositiveIntegerField(_("people waiting"), default=0, editable=False)
    enrol_until = models.DateTimeField(_("enrol until"))
    cancel_until = models.DateTimeField(_("cancel free of charge until"))
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ("starts_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="session_ends_after_start",
                violation_error_message=_("A session can't end before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(seats__gte=F("taken") + F("held")),
                name="session_seats_not_exceeded",
                violation_error_message=_("There are more people enrolled than there are seats."),
            ),
            models.CheckConstraint(
                condition=Q(enrol_until__lte=F("starts_at")),
                name="session_enrol_before_start",
                violation_error_message=_("Enrolment closes before the session starts."),
            ),
        ]
        indexes = [models.Index(fields=["starts_at"], name="session_by_start")]

    def __str__(self) -> str:
        return f"{self.title or self.offering} ({self.starts_at:%Y-%m-%d})"

    @property
    def free(self) -> int:
        """How many places are left."""
        return max(0, self.seats - self.taken - self.held)

    @property
    def occupied(self) -> int:
        """How many places are gone."""
        return self.taken + self.held

    @property
    def is_open(self) -> bool:
        """Whether somebody can have a place at this moment."""
        return self.takes_names and self.free > 0 and self.waiting == 0

    @property
    def takes_names(self) -> bool:
        """Whether somebody can enrol at this moment, or join the queue."""
        return self.cancelled_at is None and self.enrol_until > clock.now()

    @property
    def ends_on_other_day(self) -> bool:
        """Whether it runs past midnight or over days."""
        return self.starts_at.date() != self.ends_at.date()


class Meeting(models.Model):
    """One row is a later meeting of the same run."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="meetings")
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    room = models.CharField(_("room"), max_length=160, blank=True)
    is_online = models.BooleanField(_("is online"), default=False)

    class Meta:
        verbose_name = _("later meeting")
        verbose_name_plural = _("later meetings")
        ordering = ("starts_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="meeting_ends_after_start",
                violation_error_message=_("A meeting can't end before it starts."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d}"
