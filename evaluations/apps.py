"""The app of evaluations."""

from django.apps import AppConfig


class EvaluationsConfig(AppConfig):
    """Registers evaluations: its wall, its receivers, its place in menu and home, its scan."""

    name = "evaluations"

    def ready(self) -> None:
        """Hang up what the ground floor shows and runs."""
        from evaluations import permissions, receivers  # noqa: F401
        from evaluations.views import registration
        from portal.delivery import schedule

        registration.register()
        schedule.every(60, "evaluations.tasks.send_due_evaluations")
