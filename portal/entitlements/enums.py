"""Fixed choices of entitlements."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Unit(models.TextChoices):
    """What is counted. Amounts are whole numbers: hundredths of the unit (cents, hundredths of a day)."""

    EURO = "euro", _("Euros")
    HOUR = "hour", _("Hours")
    DAY = "day", _("Days")
    RIGHT = "right", _("A right without an amount")


class Owner(models.TextChoices):
    """Whose it is."""

    PERSON = "person", _("A person")
    DEPARTMENT = "department", _("A department")


class Kind(models.TextChoices):
    """What an entry in the ledger does."""

    CREDIT = "credit", _("Added")
    RESERVATION = "reservation", _("Set aside")
    RELEASE = "release", _("No longer set aside")
    SPEND = "spend", _("Spent")
    CORRECTION = "correction", _("Corrected")
    LAPSE = "lapse", _("Lapsed")


# Only these settle a reservation, and they need one.
SETTLING = (Kind.RELEASE, Kind.SPEND)
# What the scan books, whoever looks.
SCHEDULED = (Kind.CREDIT, Kind.LAPSE)
