"""The app of portal.privacy."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.urls import register_converter


def _after_migrate(sender: Any, using: str, **kwargs: Any) -> None:
    from portal.privacy.migrated import is_whole
    from portal.privacy.policies import raise_wall

    if using == "owner" and is_whole(using):
        raise_wall(using=using)


class PrivacyConfig(AppConfig):
    """Raises the wall after every migrate."""

    name = "portal.privacy"
    label = "privacy"

    def ready(self) -> None:
        """Register the ground floor's relation tables, the address converter, and who looks after signing in."""
        from portal.privacy import middleware, permissions  # noqa: F401
        from portal.privacy.lookup import ReferenceConverter

        register_converter(ReferenceConverter, "ref")
        post_migrate.connect(_after_migrate, sender=self, dispatch_uid="raise_wall")
