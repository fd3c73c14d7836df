"""Choices about advisors."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """Employed by the university, or hired."""

    INTERNAL = "internal", _("Internal advisor")
    EXTERNAL = "external", _("External advisor")


class Level(models.IntegerChoices):
    """Level in a language, after the Common European Framework of Reference."""

    A1 = 1, "A1"
    A2 = 2, "A2"
    B1 = 3, "B1"
    B2 = 4, "B2"
    C1 = 5, "C1"
    C2 = 6, "C2"
    NATIVE = 7, _("native speaker")


class Effect(models.TextChoices):
    """What help with a type of question does: prevent a problem or repair something."""

    PREVENTIVE = "preventive", _("Preventive")
    CURATIVE = "curative", _("Curative")


class SpokenLanguage(models.TextChoices):
    """Languages in which an advisor can guide people."""

    DUTCH = "nl", _("Dutch")
    ENGLISH = "en", _("English")
    FRISIAN = "fy", _("Frisian")
    GERMAN = "de", _("German")
    FRENCH = "fr", _("French")
    SPANISH = "es", _("Spanish")
    ARABIC = "ar", _("Arabic")
    TURKISH = "tr", _("Turkish")
    SRANAN = "srn", _("Sranan Tongo")
    IGBO = "ig", _("Igbo")


class Weekday(models.IntegerChoices):
    """Days of the week, as Python counts them; in a context, or they would replace Django's names in dates."""

    MONDAY = 0, pgettext_lazy("label", "Monday")
    TUESDAY = 1, pgettext_lazy("label", "Tuesday")
    WEDNESDAY = 2, pgettext_lazy("label", "Wednesday")
    THURSDAY = 3, pgettext_lazy("label", "Thursday")
    FRIDAY = 4, pgettext_lazy("label", "Friday")
    SATURDAY = 5, pgettext_lazy("label", "Saturday")
    SUNDAY = 6, pgettext_lazy("label", "Sunday")


class Gone(models.TextChoices):
    """Why an advisor can't go on with the people of now, as the career service reads it."""

    ACCOUNT = "account", _("The account of the advisor has ended.")
    ROLE = "role", _("Is not an advisor any more.")
    CERTIFICATE = "certificate", _("The registration as a career professional has lapsed.")
    CONTRACT = "contract", _("The contract with the provider has ended.")
    ABSENT = "absent", _("Is away for more than four weeks.")
