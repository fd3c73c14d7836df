"""Indicators, and the figures that were released on them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from evaluations.enums import Period, ReleaseState
from portal.organisation.models import Faculty


class Indicator(models.Model):
    """One row is one figure that management wants, with its definition and source."""

    key = models.SlugField(max_length=40, unique=True)
    number = models.PositiveSmallIntegerField()
    unit = models.SlugField(max_length=24)
    threshold = models.PositiveSmallIntegerField()
    label = models.CharField(_("label"), max_length=120)
    definition = models.TextField(_("definition"))
    numerator = models.TextField()
    denominator = models.TextField()
    counted_on = models.CharField(max_length=60)
    source = models.CharField(max_length=120)
    version = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("management figure")
        verbose_name_plural = _("management figures")
        ordering = ("number",)

    def __str__(self) -> str:
        return str(self.label)


class Release(models.Model):
    """One row is the publication of one quarter: counted once, frozen, then given out."""

    number = models.PositiveIntegerField(unique=True)
    period = models.CharField(_("period"), max_length=6, unique=True)
    state = models.CharField(max_length=10, choices=ReleaseState.choices, default=ReleaseState.PREPARING)
    definitions_version = models.PositiveSmallIntegerField()
    prepared_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ("-period",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ReleaseState.RELEASED) | Q(released_at__isnull=False),
                name="release_has_moment",
            )
        ]

    def __str__(self) -> str:
        return self.period

    @property
    def label(self) -> str:
        """Return the quarter as people read it."""
        return Period.parse(self.period).label


class ReleasedFigure(models.Model):
    """One row is one cell as everyone reads it; a hidden cell keeps no value here.

    `low` equals `high` for a count; a share is a rounded percentage or a band. No faculty: the university.
    """

    release = models.ForeignKey(Release, models.CASCADE, related_name="figures")
    faculty = models.ForeignKey(Faculty, models.PROTECT, null=True, blank=True, related_name="+")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    low = models.IntegerField(null=True, blank=True)
    high = models.IntegerField(null=True, blank=True)
    base_low = models.PositiveIntegerField(null=True, blank=True)
    base_high = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("released figure")
        verbose_name_plural = _("released figures")
        ordering = ("indicator", "faculty")
        constraints = [
            models.UniqueConstraint(
                fields=["release", "faculty", "indicator"],
                name="released_figure_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(low__isnull=True, high__isnull=True) | Q(high__gte=F("low")),
                name="released_figure_shown_or_hidden",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.release_id}"

    @property
    def is_hidden(self) -> bool:
        """Tell whether the cell is protected."""
        return self.low is None
