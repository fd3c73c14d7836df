"""The app of entitlements."""

from django.apps import AppConfig


class EntitlementsConfig(AppConfig):
    """What the collective agreement and the university give: rules, balances and their ledger."""

    name = "portal.entitlements"
    label = "entitlements"

    def ready(self) -> None:
        """Load the relation tables, hang up the cards and start the scan for credits."""
        from portal.delivery import schedule
        from portal.entitlements import permissions  # noqa: F401
        from portal.entitlements.views import registration

        registration.register()
        schedule.every(300, "portal.entitlements.tasks.book_credits")
