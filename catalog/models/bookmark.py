"""What people keep to look at later."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.offering import Offering
from portal import clock


class Bookmark(models.Model):
    """One row is one offering that somebody keeps for later; nobody else sees it."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    offering = models.ForeignKey(Offering, models.CASCADE, related_name="+")
    kept_at = models.DateTimeField(_("kept at"), default=clock.now)

    class Meta:
        verbose_name = _("kept offering")
        verbose_name_plural = _("kept offerings")
        ordering = ("-kept_at", "-pk")
        constraints = [models.UniqueConstraint(fields=["owner", "offering"], name="bookmark_once")]

    def __str__(self) -> str:
        return f"{self.offering_id}"
