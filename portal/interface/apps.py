"""The app of portal.interface."""

from django.apps import AppConfig


class InterfaceConfig(AppConfig):
    """Registers portal.interface."""

    name = "portal.interface"
    label = "interface"
