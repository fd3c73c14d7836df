"""Choices of the organisation."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StaffGroup(models.TextChoices):
    """Field of work (seed 000, section 5)."""

    ACADEMIC = "academic", _("Academic staff")
    SUPPORT = "support", _("Support and administrative staff")


class Contract(models.TextChoices):
    """Kind of appointment."""

    PERMANENT = "permanent", _("Permanent contract")
    TEMPORARY = "temporary", _("Temporary contract")
