"""The app of catalog."""

from django.apps import AppConfig


class CatalogConfig(AppConfig):
    """Registers catalog."""

    name = "catalog"
