"""The app of advisors."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def load_reference_data(using: str, **_more: Any) -> None:
    """Keep question types and certification schemes up to date after each migration."""
    from advisors.services import content
    from portal.privacy.migrated import is_whole

    if is_whole(using):
        content.load(using=using)


class AdvisorsConfig(AppConfig):
    """Registers advisors."""

    name = "advisors"

    def ready(self) -> None:
        """Register the menu entry, the open tables and the reference data."""
        from advisors import permissions  # noqa: F401
        from portal.interface.registry import MenuItem, footer

        footer.add(
            MenuItem(
                key="advisors",
                label=_("Advisors"),
                url_name="advisors:directory",
                order=40,
            )
        )
        post_migrate.connect(load_reference_data, sender=self)
