"""What the catalogue offers: one service card per row."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog import enums
from catalog.models.reference import Audience, CareerFactor, Kind, ManagerNotice, Provider, Theme
from portal import clock
from portal.organisation.models import Faculty
from portal.people.enums import Language

# Every field of the service card that must be there in both languages.
CARD = ("title", "summary", "description", "result", "content", "structure", "fits_when", "fits_not_when")


def _both_languages(field: str) -> models.CheckConstraint:
    """Refuse an offering that lacks this field in one of the languages."""
    return models.CheckConstraint(
        condition=~Q(**{f"{field}_nl": ""})
        & ~Q(**{f"{field}_en": ""})
        & Q(**{f"{field}_nl__isnull": False, f"{field}_en__isnull": False}),
        name=f"offering_{field}_both_languages",
        violation_error_message=_("Fill in this part of the card in Dutch and in English."),
    )


class Offering(models.Model):
    """One row is one thing an employee can find: a training, a story, a test, a vacancy, a scheme."""

    key = models.SlugField(_("key"), max_length=60, unique=True, null=True, blank=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    kind = models.ForeignKey(Kind, models.PROTECT, related_name="offerings", verbose_name=_("kind"))
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="offerings", verbose_name=_("theme"))
    audiences = models.ManyToManyField(Audience, related_name="offerings", verbose_name=_("for whom"))
    career_factors = models.ManyToManyField(CareerFactor, related_name="offerings", blank=True)
    related = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="related_from")

    title = models.CharField(_("title"), max_length=160)
    summary = models.CharField(_("summary"), max_length=300)
    description = models.TextField(_("description"))
    result = models.TextField(_("result"))
    content = models.TextField(_("content and instruments"))
    structure = models.TextField(_("structure"))
    fits_when = models.TextField(_("fits when"))
    fits_not_when = models.TextField(_("does not fit when"))
    prerequisites = models.TextField(_("what you need beforehand"), blank=True)
    time_text = models.CharField(_("time"), max_length=160)
    keywords = models.TextField(_("search words"), blank=True, help_text=_("Separate words by commas."))
    story = models.TextField(_("story"), blank=True)

    hours = models.DecimalField(_("hours"), max_digits=6, decimal_places=1)
    form = models.CharField(_("form"), max_length=12, choices=enums.Form.choices)
    effect = models.CharField(_("effect"), max_length=12, choices=enums.Effect.choices)
    setting = models.CharField(_("alone or in a group"), max_length=12, choices=enums.Setting.choices)
    languages = ArrayField(
        models.CharField(max_length=2, choices=Language.choices), verbose_name=_("languages")
    )
    cost_eur = models.PositiveIntegerField(_("cost in euros"), default=0)
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="offerings")
    faculty = models.ForeignKey(
        Faculty, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("only for")
    )
    informed = models.CharField(_("is the manager told"), max_length=20, choices=enums.Informed.choices)
    notices = models.ManyToManyField(ManagerNotice, through="OfferingPot", related_name="offerings")

    owner_role = models.CharField(_("owner"), max_length=120)
    contact_mailbox = models.EmailField(_("mailbox"))
    page_kind = models.CharField(_("page"), max_length=10, choices=enums.PageKind.choices, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=enums.Status.choices, default=enums.Status.DRAFT
    )
    is_public = models.BooleanField(_("readable without sign-in"), default=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    review_on = models.DateField(_("review on"))
    closes_on = models.DateField(_("respond until"), null=True, blank=True)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    internal_until = models.DateField(_("for colleagues first until"), null=True, blank=True)

    details = models.JSONField(_("details of this kind"), default=dict, blank=True)

    class Meta:
        verbose_name = _("offering")
        verbose_name_plural = _("offerings")
        ordering = ("slug",)
        constraints = [
            *(_both_languages(field) for field in CARD),
            models.CheckConstraint(
                condition=~Q(status=enums.Status.PUBLISHED) | Q(published_on__isnull=False),
                name="offering_published_has_date",
                violation_error_message=_("A published offering has a date of publication."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def is_overdue(self) -> bool:
        """Whether the owner should have looked at the text again by today."""
        return bool(self.review_on < clock.today())

    def is_internal(self, on: date | None = None) -> bool:
        """Whether it needs sign-in: marked so, or in its window for colleagues (decision 30)."""
        window = self.internal_until
        return not self.is_public or (window is not None and window >= (on or clock.today()))


class OfferingPot(models.Model):
    """One row is one way to pay for an offering, with what the manager then hears."""

    offering = models.ForeignKey(Offering, models.CASCADE, related_name="pots")
    pot = models.CharField(_("budget"), max_length=12, choices=enums.Pot.choices)
    notice = models.ForeignKey(ManagerNotice, models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("way to pay")
        verbose_name_plural = _("ways to pay")
        ordering = ("order", "pk")
        constraints = [models.UniqueConstraint(fields=["offering", "pot"], name="offering_pot_once")]

    def __str__(self) -> str:
        return self.get_pot_display()
