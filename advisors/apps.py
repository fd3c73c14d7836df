"""The app of advisors."""

from django.apps import AppConfig


class AdvisorsConfig(AppConfig):
    """Registers advisors."""

    name = "advisors"
