"""The app of evaluations."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def load_content(using: str, **_more: Any) -> None:
    """Keep questionnaires and indicators up to date after each migration."""
    from evaluations.services import content
    from portal.privacy.migrated import is_whole

    if is_whole(using):
        content.load(using=using)


class EvaluationsConfig(AppConfig):
    """Registers evaluations: its wall, its receivers, its place in menu and home, its scan."""

    name = "evaluations"

    def ready(self) -> None:
        """Hang up what the ground floor shows and runs."""
        from evaluations import permissions, receivers  # noqa: F401
        from evaluations.views import registration
        from portal.delivery import schedule

        registration.register()
        post_migrate.connect(load_content, sender=self)
        schedule.every(60, "evaluations.tasks.send_due_evaluations")
