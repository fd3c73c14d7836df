"""Choices about people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """Work roles. Everyone is an employee; managers follow from appointments."""

    ADVISOR = "advisor", _("Career advisor")
    COORDINATOR = "coordinator", _("Coordinator of the career service")
    HR = "hr", _("HR")
    EDITOR = "editor", _("Editor of the catalogue")
    ADMINISTRATOR = "administrator", _("Administrator")


class Language(models.TextChoices):
    """Languages of the portal."""

    DUTCH = "nl", "Nederlands"
    ENGLISH = "en", "English"


# These roles open dossiers, so a second person confirms them (house 4).
DOSSIER_ROLES = frozenset({Role.ADVISOR, Role.COORDINATOR})
# These roles may be limited to one faculty; the others count for the whole university.
SCOPED_ROLES = frozenset({Role.HR, Role.EDITOR})
