"""What participant and advisor agree on, and their signatures."""

import hashlib
import json

import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.privacy.fields import EncryptedTextField
from portal.privacy.history import tracked
from trajectories.enums import Payer, Side, pairs
from trajectories.models.case import OfTrajectory

TEXTS = (
    "question_and_goal",
    "expected_results",
    "way_of_working",
    "reporting_and_feedback",
    "payment",
    "participant_input",
    "advisor_input",
    "replacement",
)
FACTS = ("starts_on", "ends_on", "cost", "payer", "talks", "guidance_type")
OBLIGATORY = tuple(name for name in TEXTS + FACTS if name != "payment")


@tracked
class Agreement(OfTrajectory):
    """One row is one version of the agreement; once proposed it does not change any more."""

    number = models.PositiveSmallIntegerField(default=1)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    question_and_goal = EncryptedTextField(blank=True)
    expected_results = EncryptedTextField(blank=True)
    way_of_working = EncryptedTextField(blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    reporting_and_feedback = EncryptedTextField(blank=True)
    cost = models.DecimalField(
        max_digits=8, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    payer = models.CharField(max_length=12, choices=pairs(Payer), default=Payer.CENTRAL)
    payment = EncryptedTextField(blank=True)
    talks = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(30)]
    )
    participant_input = EncryptedTextField(blank=True)
    advisor_input = EncryptedTextField(blank=True)
    guidance_type = models.SlugField(max_length=40, blank=True)
    replacement = EncryptedTextField(blank=True)
    proposed_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=["trajectory", "number"], name="agreement_number_once"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="agreement_ends_after_start",
                violation_error_message=_("The end can't be before the start."),
            ),
        ]

    def gaps(self) -> list[str]:
        """Return the names of the obligatory fields that are still empty."""
        return [name for name in OBLIGATORY if getattr(self, name) in (None, "")]

    def fingerprint(self, results: list[str]) -> str:
        """Return the SHA-256 (hexadecimal) of everything that is signed."""
        body = {name: str(getattr(self, name)) for name in TEXTS + FACTS}
        raw = json.dumps(
            {**body, "number": self.number, "results": results}, sort_keys=True, ensure_ascii=False
        )
        return hashlib.sha256(raw.encode()).hexdigest()


class Signature(OfTrajectory):
    """One row is one signature under one exact version of the agreement."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="signatures")
    side = models.CharField(max_length=12, choices=pairs(Side))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    signed_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ("signed_at", "pk")
        constraints = [models.UniqueConstraint(fields=["agreement", "side"], name="signature_once")]


@tracked
class PayerView(OfTrajectory):
    """One row is what the paying department sees of one version: cost and planning, once the participant signed."""

    agreement = models.OneToOneField(Agreement, models.CASCADE, related_name="payer_view")
    participant = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    advisor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    payer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    talks = models.PositiveSmallIntegerField()
    cost = models.DecimalField(max_digits=8, decimal_places=2)
    digest = models.CharField(max_length=64)
    shown_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("view of the payer")
        verbose_name_plural = _("views of the payer")
        ordering = ("-number", "pk")
        triggers = [
            pgtrigger.ReadOnly(
                name="terms_stand",
                fields=[
                    *("trajectory", "agreement", "participant", "advisor", "payer", "number"),
                    *("starts_on", "ends_on", "talks", "cost", "digest"),
                ],
            ),
            pgtrigger.Trigger(
                name="payer_signs",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("signed_at"),
                condition=pgtrigger.Q(new__signed_at__isnull=False, old__signed_at__isnull=True),
                func="IF portal_viewer() IS DISTINCT FROM NEW.payer_id THEN"
                " RAISE EXCEPTION 'only the payer signs'; END IF; RETURN NEW;",
            ),
        ]
