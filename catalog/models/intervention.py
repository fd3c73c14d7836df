"""What an employer or an employee can do: domain, who acts, intervention."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.enums import Actor, Part
from catalog.models.reference import Listed


class InterventionDomain(Listed):
    """One row is one of the four domains, such as giving direction."""

    description = models.CharField(_("description"), max_length=300)
    source_name = models.CharField(_("name in the source"), max_length=120)

    class Meta(Listed.Meta):
        verbose_name = _("domain of interventions")
        verbose_name_plural = _("domains of interventions")


class InterventionGoal(models.Model):
    """One row is what a domain wants to reach for one of the two who act."""

    domain = models.ForeignKey(InterventionDomain, models.CASCADE, related_name="goals")
    actor = models.CharField(_("who acts"), max_length=10, choices=Actor.choices)
    label = models.CharField(_("label"), max_length=200)

    class Meta:
        verbose_name = _("goal of interventions")
        verbose_name_plural = _("goals of interventions")
        ordering = ("domain__order", "actor")
        constraints = [models.UniqueConstraint(fields=["domain", "actor"], name="intervention_goal_once")]

    def __str__(self) -> str:
        return str(self.label)


class Intervention(models.Model):
    """One row is one proven way to help people learn and move."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    code = models.CharField(_("code"), max_length=20, unique=True)
    slug = models.SlugField(_("address"), max_length=100, unique=True)
    domain = models.ForeignKey(InterventionDomain, models.PROTECT, related_name="interventions")
    actor = models.CharField(_("who acts"), max_length=10, choices=Actor.choices)
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    why = models.TextField(_("why"))
    keywords = models.TextField(_("search words"), blank=True, help_text=_("Separate words by commas."))
    links = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="linked_from")

    class Meta:
        verbose_name = _("intervention")
        verbose_name_plural = _("interventions")
        ordering = ("domain__order", "actor", "number")
        constraints = [
            models.UniqueConstraint(fields=["domain", "actor", "number"], name="intervention_number_once"),
            models.CheckConstraint(
                condition=~Q(title_nl="") & ~Q(title_en="") & ~Q(why_nl="") & ~Q(why_en=""),
                name="intervention_both_languages",
                violation_error_message=_("Fill in title and reason in Dutch and in English."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)


class InterventionPart(models.Model):
    """One row is one step, warning or precondition; its points stand one per line."""

    intervention = models.ForeignKey(Intervention, models.CASCADE, related_name="parts")
    part = models.CharField(_("part"), max_length=12, choices=Part.choices)
    order = models.PositiveSmallIntegerField(_("order"))
    title = models.CharField(_("title"), max_length=200, blank=True)
    points = models.TextField(_("points"))

    class Meta:
        verbose_name = _("part of an intervention")
        verbose_name_plural = _("parts of interventions")
        ordering = ("part", "order")
        constraints = [
            models.UniqueConstraint(fields=["intervention", "part", "order"], name="intervention_part_once")
        ]

    def __str__(self) -> str:
        return str(self.title or self.get_part_display())

    @property
    def lines(self) -> list[str]:
        """The points, one string each."""
        return str(self.points).splitlines()


class InterventionFigure(models.Model):
    """One row is a figure from the source, shown with its year (decision 20)."""

    intervention = models.ForeignKey(Intervention, models.CASCADE, related_name="figures")
    order = models.PositiveSmallIntegerField(_("order"))
    label = models.CharField(_("label"), max_length=200)
    text = models.CharField(_("figure"), max_length=80)
    years = models.CharField(_("years"), max_length=20, blank=True)
    is_checked = models.BooleanField(_("is checked"), default=False)

    class Meta:
        verbose_name = _("figure of an intervention")
        verbose_name_plural = _("figures of interventions")
        ordering = ("order",)

    def __str__(self) -> str:
        return f"{self.label}: {self.text}"


class Reading(models.Model):
    """One row is something to read further about an intervention."""

    intervention = models.ForeignKey(Intervention, models.CASCADE, related_name="readings")
    order = models.PositiveSmallIntegerField(_("order"))
    name = models.CharField(_("name"), max_length=300)

    class Meta:
        verbose_name = _("further reading")
        verbose_name_plural = _("further reading")
        ordering = ("order",)

    def __str__(self) -> str:
        return str(self.name)
