"""The app of portal.privacy."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Registers portal.privacy."""

    name = "portal.privacy"
    label = "privacy"
