"""People and their work roles."""

from typing import Any, ClassVar

import pghistory
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.organisation.models import Faculty
from portal.people.enums import Language, Role

REFERENCE_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


def new_reference() -> str:
    """Return a random, url-safe reference of 12 signs (59 bits), never a numeric key."""
    return get_random_string(12, REFERENCE_ALPHABET)


class UserManager(BaseUserManager["User"]):
    """Makes users; e-mail addresses are kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make and save one user; without a password they sign in through the university."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a user by e-mail address, whatever its capitals."""
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """One row is one person who can sign in."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    given_name = models.CharField(_("given name"), max_length=80)
    surname_prefix = models.CharField(_("surname prefix"), max_length=20, blank=True)
    surname = models.CharField(_("surname"), max_length=80)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, default=Language.DUTCH)
    employee_number = models.CharField(_("employee number"), max_length=20, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    joined_at = models.DateTimeField(_("joined at"), default=clock.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    # The portal has its own pages for administration; nobody is a superuser.
    is_staff = False
    is_superuser = False

    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ("surname", "given_name", "pk")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_any_case"),
            models.UniqueConstraint(
                fields=["employee_number"], condition=~Q(employee_number=""), name="user_employee_number"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Given name, prefix and surname."""
        return " ".join(part for part in (self.given_name, self.surname_prefix, self.surname) if part)

    @property
    def greeting_name(self) -> str:
        """How the portal greets this person."""
        return self.given_name

    def get_full_name(self) -> str:
        """Return the full name (Django's and allauth's name for it)."""
        return self.full_name

    def get_short_name(self) -> str:
        """Return the given name (Django's and allauth's name for it)."""
        return self.given_name

    def has_module_perms(self, app_label: str) -> bool:
        """Refuse Django's own admin permissions: rules and roles decide here."""
        return False

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Refuse Django's own permissions: relation tables and roles decide here."""
        return False


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    context_field=pghistory.ContextJSONField(),
    context_id_field=None,  # type: ignore[arg-type] # documented, missing from its annotation
    obj_field=pghistory.ObjForeignKey(related_name="+", related_query_name="+"),
)
class RoleGrant(models.Model):
    """One row is one role of one person, with its scope (a faculty, or all) and its term."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="role_grants")
    role = models.CharField(_("role"), max_length=16, choices=Role.choices)
    faculty = models.ForeignKey(
        Faculty, models.PROTECT, null=True, blank=True, verbose_name=_("only for"), related_name="+"
    )
    starts_on = models.DateField(_("starts on"), default=clock.today)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    granted_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    confirmed_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    is_confirmed = models.BooleanField(_("in force"), default=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ("user", "role", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(granted_by=F("user")),
                name="role_not_granted_to_oneself",
                violation_error_message=_("Nobody grants a role to themselves."),
            ),
            models.CheckConstraint(
                condition=~Q(confirmed_by=F("user")) & ~Q(confirmed_by=F("granted_by")),
                name="role_confirmed_by_a_second_person",
                violation_error_message=_("A second person confirms this role."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(is_confirmed=False),
                name="role_ended_is_not_in_force",
                violation_error_message=_("A role that was ended is not in force."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="role_ends_after_start",
                violation_error_message=_("A role can't end before it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.user}"
