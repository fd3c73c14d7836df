"""Files and drawings that the portal made."""

import base64
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.privacy.fields import EncryptedTextField
from portal.privacy.models import Referenced


class Document(Referenced):
    """One row is one file that was made for one person (or, without owner, for a command)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
    )
    name = models.CharField(_("file name"), max_length=120)
    content_type = models.CharField(max_length=100)
    encoded = EncryptedTextField()
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField(_("size in bytes"))
    created_at = models.DateTimeField(_("made at"), default=clock.now)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ("-created_at", "pk")

    def __str__(self) -> str:
        return self.name

    @property
    def content(self) -> bytes:
        """The file itself."""
        return base64.b64decode(self.encoded)


class Drawing(models.Model):
    """One row is one chart, kept under a key made from its content that can't be guessed."""

    key = models.CharField(primary_key=True, max_length=64)
    svg = models.TextField()
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("drawing")
        verbose_name_plural = _("drawings")

    def __str__(self) -> str:
        return self.key
