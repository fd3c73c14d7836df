"""The app of portal.people."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Registers portal.people."""

    name = "portal.people"
    label = "people"
