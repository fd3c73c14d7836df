"""Dated rules, and a ledger that only grows. Amounts are hundredths of the rule's unit.

A database trigger keeps the account's sums with every entry, and its check constraints refuse a
balance below zero: that holds for racing writers too, because the row of the account is locked.
"""

import uuid

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.entitlements.enums import SETTLING, Kind, Owner, Unit
from portal.organisation.enums import Contract, StaffGroup
from portal.organisation.models import Department
from portal.people.models import new_reference

VALIDITY = Func(
    F("valid_from"),
    F("valid_until"),
    RangeBoundary(inclusive_lower=True, inclusive_upper=True),
    function="daterange",
    output_field=DateRangeField(),
)


class EntitlementRule(models.Model):
    """One row is what one article of a rule gives to whom, from one day until another."""

    key = models.SlugField(_("key"), max_length=40)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    label = models.CharField(_("name"), max_length=120)
    text = models.TextField(_("rule"))
    source = models.CharField(_("source"), max_length=300)
    source_url = models.URLField(_("address of the source"), blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    owner = models.CharField(_("whose it is"), max_length=10, choices=Owner.choices)
    unit = models.CharField(_("unit"), max_length=6, choices=Unit.choices)
    yearly = models.PositiveBigIntegerField(
        _("a year"), default=0, help_text=_("In hundredths: cents, or hundredths of an hour or day.")
    )
    cap = models.PositiveBigIntegerField(_("at most saved"), null=True, blank=True)
    instalments = models.PositiveSmallIntegerField(_("times a year"), default=1)
    is_pro_rata = models.BooleanField(_("in proportion to the hours a week"), default=False)
    full_time_hours = models.DecimalField(
        _("hours of a full week"), max_digits=4, decimal_places=1, default=38
    )
    does_lapse = models.BooleanField(_("lapses at the end of the year"), default=False)
    contracts = ArrayField(
        models.CharField(max_length=12, choices=Contract.choices),
        default=list,
        blank=True,
        verbose_name=_("for which contracts"),
    )
    staff_groups = ArrayField(
        models.CharField(max_length=12, choices=StaffGroup.choices),
        default=list,
        blank=True,
        verbose_name=_("for which staff"),
    )
    minimum_months = models.PositiveSmallIntegerField(_("contract of at least so many months"), default=0)

    class Meta:
        verbose_name = _("rule")
        verbose_name_plural = _("rules")
        ordering = ("order", "key", "valid_from")
        constraints = [
            ExclusionConstraint(
                name="rule_once_a_day",
                expressions=[("key", RangeOperators.EQUAL), (VALIDITY, RangeOperators.OVERLAPS)],
                violation_error_message=_("Another version of this rule is valid on some of these days."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="rule_ends_after_start",
                violation_error_message=_("A rule can't end before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(instalments__in=[1, 2, 3, 4, 6, 12]),
                name="rule_instalments_fit_a_year",
                violation_error_message=_("The number of times a year must divide twelve."),
            ),
            models.CheckConstraint(
                condition=~Q(text_nl="") & ~Q(text_en="") & ~Q(source_nl="") & ~Q(source_en=""),
                name="rule_both_languages",
                violation_error_message=_("Fill in rule and source in Dutch and in English."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.label)


class Account(models.Model):
    """One row is what one person or department holds under one rule: free, set aside and spent."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    key = models.SlugField(_("key of the rule"), max_length=40)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="entitlement_accounts"
    )
    department = models.ForeignKey(
        Department, models.CASCADE, null=True, blank=True, related_name="entitlement_accounts"
    )
    free = models.BigIntegerField(_("free"), default=0, editable=False)
    held = models.BigIntegerField(_("set aside"), default=0, editable=False)
    spent = models.BigIntegerField(_("spent"), default=0, editable=False)

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ("key", "pk")
        constraints = [
            models.UniqueConstraint(fields=["key", "user"], name="account_once_a_person"),
            models.UniqueConstraint(fields=["key", "department"], name="account_once_a_department"),
            models.CheckConstraint(
                condition=Q(user__isnull=True, department__isnull=False)
                | Q(user__isnull=False, department__isnull=True),
                name="account_has_one_owner",
            ),
            models.CheckConstraint(condition=Q(free__gte=0), name="account_free_not_below_zero"),
            models.CheckConstraint(condition=Q(held__gte=0), name="account_held_not_below_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.reference})"


class Entry(models.Model):
    """One row is one booking; nothing is ever changed or taken away, a mistake is corrected by a new row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(_("key of the act"), max_length=160, unique=True)
    account = models.ForeignKey(Account, models.CASCADE, related_name="entries")
    kind = models.CharField(_("what"), max_length=12, choices=Kind.choices)
    amount = models.BigIntegerField(_("amount"), help_text=_("In hundredths of the unit."))
    reservation = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="settlements")
    beneficiary = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    about_nl = models.CharField(_("about (Dutch)"), max_length=300, blank=True)
    about_en = models.CharField(_("about (English)"), max_length=300, blank=True)
    booked_on = models.DateField(_("counts from"), default=clock.today)
    booked_at = models.DateTimeField(_("booked at"), default=clock.now)

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering = ("-booked_on", "-booked_at", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=Kind.CORRECTION) | Q(amount__gte=0), name="entry_amount_not_below_zero"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=SETTLING, reservation__isnull=False)
                | (~Q(kind__in=SETTLING) & Q(reservation__isnull=True)),
                name="entry_settles_a_reservation",
            ),
        ]
        indexes = [models.Index(fields=["account", "booked_on"], name="entry_by_account")]

    def __str__(self) -> str:
        return self.key
