"""The app of portal.demo."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Hangs up the list of accounts beside the sign-in form; it shows in the demonstration only."""

    name = "portal.demo"
    label = "demo"

    def ready(self) -> None:
        """Register."""
        from portal.demo import accounts
        from portal.demo.models import Sample
        from portal.interface.registry import HomeCard, sign_in
        from portal.privacy import wall

        wall.public(Sample)
        sign_in.add(HomeCard(key="demo", template="demo/accounts.html", context=accounts.sign_in_card))
