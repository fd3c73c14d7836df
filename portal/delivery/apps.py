"""The app of portal.delivery."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """Registers the wall around mails and jobs, and the two scans that find work."""

    name = "portal.delivery"
    label = "delivery"

    def ready(self) -> None:
        """Register."""
        from portal.delivery import permissions, receivers, schedule  # noqa: F401

        schedule.every(5, "portal.delivery.tasks.deliver_mail")
        schedule.every(5, "portal.delivery.tasks.run_jobs")
