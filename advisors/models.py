"""Advisors: who guides people, in which languages, with which questions, and until when."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from advisors.enums import Effect, Kind, Level, SpokenLanguage, Weekday
from portal.people.models import new_reference


class QuestionType(models.Model):
    """One row is a type of question with which people come (trajectories use the same rows)."""

    key = models.SlugField(max_length=40, unique=True)
    label = models.CharField(_("label"), max_length=160)
    effect = models.CharField(_("effect"), max_length=12, choices=Effect.choices)
    is_usually_required = models.BooleanField(_("is usually not the employee's own choice"), default=False)
    order = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(_("can be chosen"), default=True)
    source = models.CharField(_("source"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("type of question")
        verbose_name_plural = _("types of question")
        ordering = ("order", "key")

    def __str__(self) -> str:
        return str(self.label)


class Provider(models.Model):
    """One row is an agency from which the university hires advisors."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    about = models.TextField(_("about"), blank=True)
    mailbox = models.EmailField(_("e-mail address"), blank=True)
    contract_ends_on = models.DateField(_("contract ends on"), null=True, blank=True)

    class Meta:
        verbose_name = _("provider")
        verbose_name_plural = _("providers")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Advisor(models.Model):
    """One row is one person who guides trajectories, employed or hired."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="advisor")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    provider = models.ForeignKey(
        Provider, models.PROTECT, null=True, blank=True, verbose_name=_("provider"), related_name="advisors"
    )
    question_types = models.ManyToManyField(
        QuestionType, verbose_name=_("types of question"), related_name="advisors"
    )
    maximum_caseload = models.PositiveSmallIntegerField(
        _("maximum caseload"), validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    is_test_qualified = models.BooleanField(_("is qualified to give tests"), default=False)
    approach = models.CharField(_("way of working"), max_length=200, blank=True)
    profile = models.TextField(_("profile"), max_length=1200, blank=True)
    is_active = models.BooleanField(_("takes new cases"), default=True)
    talk_minutes = models.PositiveSmallIntegerField(
        _("length of a conversation (minutes)"),
        default=60,
        validators=[MinValueValidator(15), MaxValueValidator(240)],
    )
    pause_minutes = models.PositiveSmallIntegerField(
        _("pause between conversations (minutes)"), default=15, validators=[MaxValueValidator(120)]
    )
    talks_per_day = models.PositiveSmallIntegerField(
        _("most conversations a day"), default=4, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )

    class Meta:
        verbose_name = _("advisor")
        verbose_name_plural = _("advisors")
        ordering = ("user__surname", "user__given_name", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=Kind.INTERNAL, provider__isnull=True)
                | Q(kind=Kind.EXTERNAL, provider__isnull=False),
                name="advisor_provider_when_external",
                violation_error_message=_("An external advisor has a provider, an internal one has none."),
            ),
            models.CheckConstraint(
                condition=Q(maximum_caseload__gte=1),
                name="advisor_maximum_caseload_positive",
                violation_error_message=_("The maximum caseload is at least one."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)


class AdvisorLanguage(models.Model):
    """One row is a language that an advisor speaks, with the level."""

    advisor = models.ForeignKey(Advisor, models.CASCADE, related_name="languages")
    code = models.CharField(_("language"), max_length=3, choices=SpokenLanguage.choices)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices)

    class Meta:
        verbose_name = _("language of an advisor")
        verbose_name_plural = _("languages of advisors")
        ordering = ("-level", "pk")
        constraints = [
            models.UniqueConstraint(fields=["advisor", "code"], name="advisor_language_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_code_display()} ({self.get_level_display()})"


class CertificateScheme(models.Model):
    """One row is a professional register or scheme, with its term as data."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    holder = models.CharField(_("kept by"), max_length=120, blank=True)
    validity_years = models.PositiveSmallIntegerField(_("valid for (years)"), null=True, blank=True)
    source = models.TextField(_("source"), blank=True)

    class Meta:
        verbose_name = _("certification scheme")
        verbose_name_plural = _("certification schemes")
        ordering = ("key",)

    def __str__(self) -> str:
        return str(self.name)


class Certificate(models.Model):
    """One row is one registration of one advisor, valid until and including a day."""

    advisor = models.ForeignKey(Advisor, models.CASCADE, related_name="certificates")
    scheme = models.ForeignKey(CertificateScheme, models.PROTECT, verbose_name=_("scheme"))
    number = models.CharField(_("number"), max_length=40)
    valid_until = models.DateField(_("valid until"))

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ("-valid_until", "pk")
        constraints = [
            models.UniqueConstraint(fields=["scheme", "number"], name="certificate_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}: {self.number}"


class Absence(models.Model):
    """One row is a period without conversations and new cases; no reason is kept."""

    advisor = models.ForeignKey(Advisor, models.CASCADE, related_name="absences")
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ("starts_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="absence_ends_after_start",
                violation_error_message=_("An absence can't end before it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} - {self.ends_on}"


class WorkingHours(models.Model):
    """One row is a stretch of every such weekday in which an advisor holds conversations, Amsterdam time."""

    advisor = models.ForeignKey(Advisor, models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(_("day"), choices=Weekday.choices)
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("Until"))

    class Meta:
        verbose_name = _("working hours")
        verbose_name_plural = _("working hours")
        ordering = ("weekday", "starts", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")),
                name="working_hours_end_after_start",
                violation_error_message=_("Working hours end after they start."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.starts:%H:%M}-{self.ends:%H:%M}"
