"""The app of portal.documents."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Registers the wall around files and drawings."""

    name = "portal.documents"
    label = "documents"

    def ready(self) -> None:
        """Register."""
        from portal.documents import permissions  # noqa: F401
