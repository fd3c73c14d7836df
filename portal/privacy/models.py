"""What privacy itself keeps."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.people.models import new_reference


class Referenced(models.Model):
    """Gives a model the random reference that stands in addresses."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)

    class Meta:
        abstract = True


class DossierRead(models.Model):
    """One row is one time that somebody other than the participant opened a dossier."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("whose dossier")
    )
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("who")
    )
    relation = models.CharField(_("in which role"), max_length=40)
    what = models.CharField(_("what"), max_length=60)
    dossier = models.CharField(_("dossier"), max_length=12, db_index=True)
    read_at = models.DateTimeField(_("when"), default=clock.now)

    class Meta:
        verbose_name = _("opening of a dossier")
        verbose_name_plural = _("openings of dossiers")
        ordering = ("-read_at",)

    def __str__(self) -> str:
        return f"{self.what} ({self.read_at:%Y-%m-%d %H:%M})"
