"""The app of portal.organisation."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """Registers portal.organisation."""

    name = "portal.organisation"
    label = "organisation"
