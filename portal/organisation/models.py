"""The university's units and who works where."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.organisation.enums import Contract, StaffGroup


class Faculty(models.Model):
    """One row is a faculty or a central service unit, the level at which figures are made."""

    code = models.SlugField(_("code"), max_length=12, unique=True)
    name = models.CharField(_("name"), max_length=120)
    is_service = models.BooleanField(_("is a service unit"), default=False)

    class Meta:
        verbose_name = _("faculty")
        verbose_name_plural = _("faculties")
        ordering = ("code",)

    def __str__(self) -> str:
        return str(self.name)


class Department(models.Model):
    """One row is a department within a faculty or service."""

    faculty = models.ForeignKey(Faculty, models.PROTECT, related_name="departments")
    code = models.SlugField(_("code"), max_length=24, unique=True)
    name = models.CharField(_("name"), max_length=160)

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ("code",)

    def __str__(self) -> str:
        return str(self.name)


class Appointment(models.Model):
    """One row is one employment of one person in one department, with its manager."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="appointments")
    department = models.ForeignKey(Department, models.PROTECT, related_name="appointments")
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="managed_appointments"
    )
    function_title = models.CharField(_("job title"), max_length=160)
    staff_group = models.CharField(_("staff group"), max_length=12, choices=StaffGroup.choices)
    contract = models.CharField(
        _("contract"), max_length=12, choices=Contract.choices, default=Contract.PERMANENT
    )
    hours_per_week = models.DecimalField(_("hours a week"), max_digits=4, decimal_places=1, default=38)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ("-hours_per_week", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="appointment_ends_after_start",
                violation_error_message=_("An appointment can't end before it starts."),
            ),
            models.CheckConstraint(
                condition=~Q(manager=F("user")),
                name="appointment_not_own_manager",
                violation_error_message=_("Nobody is their own manager."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.function_title} ({self.department})"
