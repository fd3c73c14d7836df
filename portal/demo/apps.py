"""The app of portal.demo."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Registers portal.demo."""

    name = "portal.demo"
    label = "demo"
