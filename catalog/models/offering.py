"""What the catalogue offers: one service card per row."""

from datetime import date, timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog import enums
from catalog.models.reference import Audience, CareerFactor, Kind, ManagerNotice, Provider, Theme
from portal import clock
from portal.organisation.models import Faculty
from portal.people.enums import Language

# The texts of the service card. Readers get each of them; lists and mails need the first two in both languages.
CARD = ("title", "summary", "description", "result", "content", "structure", "fits_when", "fits_not_when")
IN_BOTH = ("title", "summary")
REVIEW_GRACE = timedelta(days=30)
_AT_WORK = Q(status__in=[enums.Status.DRAFT, enums.Status.ARCHIVED])


def _filled(field: str) -> Q:
    return Q(**{f"{field}__isnull": False}) & ~Q(**{field: ""})


def _card_text(field: str) -> models.CheckConstraint:
    """Refuse to publish an offering that lacks this text: in a language, or in both where lists need it."""
    dutch, english = _filled(f"{field}_nl"), _filled(f"{field}_en")
    is_there, sentence = (
        (dutch & english, _("Fill in this part of the card in Dutch and in English."))
        if field in IN_BOTH
        else (dutch | english, _("Fill in this part of the card in Dutch or in English."))
    )
    return models.CheckConstraint(
        condition=_AT_WORK | is_there, name=f"offering_{field}_there", violation_error_message=sentence
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

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
    )
    owner_role = models.CharField(_("whom one can ask"), max_length=120)
    contact_mailbox = models.EmailField(_("mailbox"))
    page_kind = models.CharField(_("page"), max_length=10, choices=enums.PageKind.choices, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=enums.Status.choices, default=enums.Status.DRAFT
    )
    is_public = models.BooleanField(_("readable without sign-in"), default=True)
    # A walk or an open hour one may join every time; a course one attends once.
    is_repeatable = models.BooleanField(_("may be attended more than once"), default=False)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    publish_at = models.DateTimeField(_("publish at"), null=True, blank=True)
    unpublish_at = models.DateTimeField(_("take off at"), null=True, blank=True)
    review_on = models.DateField(_("review on"))
    # The review date about whose passing the owner was told: once for each date.
    told_review_on = models.DateField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    closes_on = models.DateField(_("respond until"), null=True, blank=True)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    internal_until = models.DateField(_("for colleagues first until"), null=True, blank=True)

    details = models.JSONField(_("details of this kind"), default=dict, blank=True)

    class Meta:
        verbose_name = _("offering")
        verbose_name_plural = _("offerings")
        ordering = ("slug",)
        constraints = [
            *(_card_text(field) for field in CARD),
            models.CheckConstraint(
                condition=_AT_WORK
                | ((_filled("owner_role_nl") | _filled("owner_role_en")) & ~Q(contact_mailbox="")),
                name="offering_has_contact",
                violation_error_message=_("Say whom one can ask, with a mailbox."),
            ),
            models.CheckConstraint(
                condition=~Q(status=enums.Status.SCHEDULED) | Q(publish_at__isnull=False),
                name="offering_scheduled_has_moment",
                violation_error_message=_("A scheduled offering has a moment of publication."),
            ),
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

    @property
    def is_dropped(self) -> bool:
        """Whether nobody has looked at the text for so long that lists and search leave it out."""
        return bool(self.review_on < clock.today() - REVIEW_GRACE)

    @property
    def is_on_offer(self) -> bool:
        """Whether it is published at this moment; its last moment counts at once, before the scan comes by."""
        is_over = self.unpublish_at is not None and self.unpublish_at <= clock.now()
        return bool(self.status == enums.Status.PUBLISHED and not is_over)

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
