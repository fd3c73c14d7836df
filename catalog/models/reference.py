"""Lists that the catalogue is sorted by. All of them are data, loaded from `content/`."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.enums import ProviderKind


class Listed(models.Model):
    """What every list shares: a stable key, a place in the order and a label."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    label = models.CharField(_("label"), max_length=160)

    class Meta:
        abstract = True
        ordering = ("order", "key")

    def __str__(self) -> str:
        return str(self.label)


class Theme(Listed):
    """One row is one of the entries by theme, such as learning or finding other work."""

    description = models.CharField(_("description"), max_length=300)
    style = models.CharField(_("colour"), max_length=12)
    icon = models.CharField(_("icon"), max_length=40)

    class Meta(Listed.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")


class Kind(Listed):
    """One row is one kind of offering, such as a workshop, a story or a vacancy."""

    theme = models.ForeignKey(Theme, models.PROTECT, related_name="kinds")
    description = models.CharField(_("description"), max_length=300)
    icon = models.CharField(_("icon"), max_length=40)
    schema_type = models.CharField(_("type for search engines"), max_length=20, blank=True)

    class Meta(Listed.Meta):
        verbose_name = _("kind")
        verbose_name_plural = _("kinds")


class Audience(Listed):
    """One row is a group of employees for whom something can be meant."""

    class Meta(Listed.Meta):
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")


class CareerFactor(Listed):
    """One row is one of the eight career factors that an offering can work on."""

    class Meta(Listed.Meta):
        verbose_name = _("career factor")
        verbose_name_plural = _("career factors")


class Provider(Listed):
    """One row is a unit or an outside party that gives offerings."""

    kind = models.CharField(_("kind"), max_length=10, choices=ProviderKind.choices)

    class Meta(Listed.Meta):
        verbose_name = _("provider")
        verbose_name_plural = _("providers")


class ManagerNotice(models.Model):
    """One row is what an employee is told about who hears of an enrolment, with the exact message."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    is_manager_told = models.BooleanField(_("the manager gets a message"), default=False)
    needs_answer = models.BooleanField(_("the manager must answer first"), default=False)
    is_list_shown = models.BooleanField(_("the organiser sees the names"), default=True)
    shown = models.TextField(_("what the employee reads"))
    message = models.TextField(_("the exact message"), blank=True)

    class Meta:
        verbose_name = _("notice to managers")
        verbose_name_plural = _("notices to managers")
        ordering = ("key",)

    def __str__(self) -> str:
        return self.key
