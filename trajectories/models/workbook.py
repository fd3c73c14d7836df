"""The workbook of the self-analysis."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.privacy.fields import EncryptedJSONField
from trajectories.models.case import OfTrajectory


class WorkbookChapter(OfTrajectory):
    """One row is what the participant wrote in one chapter; without history, since it is kept while typing."""

    key = models.SlugField(max_length=40)
    answers = EncryptedJSONField(default=dict)
    is_shared = models.BooleanField(_("the advisor reads along"), default=False)
    shared_at = models.DateTimeField(null=True, blank=True)
    saved_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("chapter of the workbook")
        verbose_name_plural = _("chapters of the workbook")
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["trajectory", "key"], name="workbook_chapter_once")]

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was written."""
        answers: dict[str, Any] = self.answers
        return not any(str(words).strip() for words in answers.values())
