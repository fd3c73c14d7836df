"""The trajectory itself and the moves it made."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.organisation.models import Department, Faculty
from portal.people.models import new_reference
from portal.privacy.fields import EncryptedTextField
from portal.privacy.history import tracked
from trajectories import workflow
from trajectories.enums import LOOKED_BACK, ActorKind, Route, Status, pairs
from trajectories.enums.words import Text

USER = settings.AUTH_USER_MODEL


@tracked
class Trajectory(models.Model):
    """One row is one trajectory of one person: phase, dates and who is involved, never a text."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    participant = models.ForeignKey(USER, models.PROTECT, related_name="trajectories")
    advisor = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="cases")
    faculty = models.ForeignKey(Faculty, models.PROTECT, related_name="+", verbose_name=_("faculty"))
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="+")
    route = models.CharField(_("route"), max_length=8, choices=pairs(Route), default=Route.SELF)
    frame = models.CharField(_("framework"), max_length=32)
    status = models.CharField(_("status"), max_length=20, choices=pairs(Status), default=Status.REQUESTED)
    status_since = models.DateTimeField(default=clock.now)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    rules_version = models.PositiveSmallIntegerField(default=workflow.CURRENT_RULES)
    version = models.PositiveIntegerField(default=1)
    round = models.PositiveSmallIntegerField(default=1)
    requested_at = models.DateTimeField(default=clock.now)
    reply_due_on = models.DateField(_("reply promised by"))
    assigned_at = models.DateTimeField(null=True, blank=True)
    # After a change of advisor: may the new one read intake and shared notes of before?
    may_read_back = models.BooleanField(default=False)
    intake_at = models.DateTimeField(_("intake at"), null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    participant_rated_at = models.DateTimeField(null=True, blank=True)
    advisor_rated_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("trajectory")
        verbose_name_plural = _("trajectories")
        ordering = ("requested_at", "pk")
        indexes = [
            models.Index(fields=["participant", "status"], name="trajectory_participant"),
            models.Index(fields=["advisor", "status"], name="trajectory_advisor"),
            models.Index(fields=["faculty", "closed_at"], name="trajectory_closings"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["participant"],
                condition=~Q(
                    status__in=["completed", "closed", "referred_elsewhere", "stopped_early", "withdrawn"]
                ),
                name="trajectory_one_at_a_time",
                violation_error_message=_("You already have a trajectory that runs."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["requested", "withdrawn", "referred_elsewhere"])
                | Q(advisor__isnull=False),
                name="trajectory_has_advisor_after_request",
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="legal_moves", field="status", transitions=list(workflow.rules().pairs())),
            pgtrigger.Trigger(
                name="legal_start",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=~pgtrigger.Q(new__status=Status.REQUESTED.value),
                func="RAISE EXCEPTION 'a trajectory starts as a request';",
            ),
            pgtrigger.Trigger(
                name="advisor_changes_by_handover",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__advisor__isnull=False)
                & (
                    pgtrigger.Q(old__advisor__df=pgtrigger.F("new__advisor"))
                    | pgtrigger.Q(old__assigned_at__df=pgtrigger.F("new__assigned_at"))
                ),
                # The function `trajectories_hand_over` acts as the owner.
                func="IF current_user IN ('portal_web', 'portal_jobs') THEN"
                " RAISE EXCEPTION 'another advisor comes by handing over'; END IF; RETURN NEW;",
            ),
            pgtrigger.Trigger(
                name="participant_lets_read_back",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__may_read_back=False, new__may_read_back=True),
                func="IF portal_viewer() IS DISTINCT FROM NEW.participant_id THEN"
                " RAISE EXCEPTION 'only the participant agrees to this'; END IF; RETURN NEW;",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def rules(self) -> workflow.Rules:
        """The version of the table that this case started with."""
        return workflow.rules(self.rules_version)

    @property
    def status_label(self) -> Text:
        """The name of the status in the reader's language."""
        return self.rules.labels[Status(self.status)]

    @property
    def is_referred(self) -> bool:
        """Tell whether a manager or HR sent the participant."""
        return self.route in (Route.MANAGER, Route.HR)

    @property
    def is_over(self) -> bool:
        """Tell whether the work is done or was stopped."""
        return self.ended_at is not None

    @property
    def is_looked_back_on(self) -> bool:
        """Tell whether each may read the other's view: both are in, or it was closed without one."""
        return self.both_rated or self.status in LOOKED_BACK

    @property
    def both_rated(self) -> bool:
        """Tell whether the ratings may be shown to each other."""
        return bool(self.participant_rated_at and self.advisor_rated_at)


class OfTrajectory(models.Model):
    """What every part of a dossier has."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    trajectory = models.ForeignKey(Trajectory, models.CASCADE, related_name="%(class)ss")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.reference


class Move(OfTrajectory):
    """One row is one change of status: who, when, from where to where, and why."""

    source = models.CharField(max_length=20, choices=pairs(Status), blank=True)
    target = models.CharField(max_length=20, choices=pairs(Status))
    actor = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=12, choices=pairs(ActorKind))
    reason = EncryptedTextField(blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("move")
        verbose_name_plural = _("moves")
        ordering = ("at", "pk")


@tracked
class Proposal(OfTrajectory):
    """One row is a move for which the participant is asked first: reopening, or referral elsewhere."""

    target = models.CharField(max_length=20, choices=pairs(Status))
    reason = EncryptedTextField()
    proposed_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    is_agreed = models.BooleanField(null=True)

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ("-proposed_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["trajectory"], condition=Q(answered_at__isnull=True), name="proposal_one_open"
            ),
        ]
