"""The app of the catalogue."""

from django.apps import AppConfig


class CatalogConfig(AppConfig):
    """Hangs the catalogue's menu entries and cards on the ground floor."""

    name = "catalog"

    def ready(self) -> None:
        """Load the relation tables and register pages and cards."""
        from catalog import permissions  # noqa: F401
