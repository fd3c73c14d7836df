"""What cards looked like before."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.enums import Act
from catalog.models.offering import Offering
from portal import clock


class OfferingVersion(models.Model):
    """One row is the whole card of an offering as somebody saved it, its lists and ways to pay included."""

    offering = models.ForeignKey(Offering, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    act = models.CharField(_("what was done"), max_length=10, choices=Act.choices)
    card = models.JSONField(_("card"))
    saved_at = models.DateTimeField(_("saved at"), default=clock.now)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("version of an offering")
        verbose_name_plural = _("versions of offerings")
        ordering = ("-number",)
        constraints = [models.UniqueConstraint(fields=["offering", "number"], name="offering_version_once")]

    def __str__(self) -> str:
        return f"{self.offering_id}.{self.number}"
