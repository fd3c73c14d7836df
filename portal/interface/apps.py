"""The interface: what every page is made of."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InterfaceConfig(AppConfig):
    """Hangs up the ground floor's own menu entries."""

    name = "portal.interface"
    label = "interface"

    def ready(self) -> None:
        """Register the pages that everybody has."""
        from portal.interface import registry, sentences, state
        from portal.interface.registry import MenuItem
        from portal.people.enums import Role
        from portal.people.queries import has_role

        sentences.speak_plainly()
        registry.menu.add(
            MenuItem(key="home", label=_("Overview"), url_name="home", order=0, visible=registry.everyone)
        )
        registry.menu.add(MenuItem(key="mine", label=_("My file"), url_name="mine", order=80))
        registry.menu.add(
            MenuItem(
                key="who_sees_what",
                label=_("Who sees what?"),
                url_name="who_sees_what",
                order=90,
                visible=registry.everyone,
            )
        )
        registry.menu.add(
            MenuItem(
                key="administration",
                label=_("Administration"),
                url_name="administration:overview",
                order=70,
                visible=lambda user: has_role(user, Role.ADMINISTRATOR),
                current=("administration:",),
            )
        )
        registry.admin.add(
            MenuItem(
                key="delivery",
                label=_("Mail and jobs"),
                text=_("What could not be delivered or done, to try again."),
                url_name="delivery_admin:failures",
                icon="mail",
            )
        )
        registry.utility.add(
            MenuItem(key="sign_out", label=_("Sign out"), url_name="account_logout", order=90, icon="logout")
        )
        registry.state.add(
            registry.HomeCard(key="health", template="interface/state.html", context=state.card)
        )
