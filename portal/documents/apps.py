"""The app of portal.documents."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Registers portal.documents."""

    name = "portal.documents"
    label = "documents"
