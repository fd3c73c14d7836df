"""The app of the catalogue."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogConfig(AppConfig):
    """Hangs the catalogue's menu entries and cards on the ground floor."""

    name = "catalog"

    def ready(self) -> None:
        """Load the relation tables and register pages and cards."""
        from catalog import permissions  # noqa: F401
        from catalog.views import cards
        from portal.delivery import schedule
        from portal.interface import registry
        from portal.interface.registry import HomeCard, MenuItem, everyone
        from portal.people.enums import Role
        from portal.people.queries import has_role, is_manager

        discover = MenuItem(
            key="catalog",
            label=_("Discover"),
            url_name="catalog:offerings",
            order=20,
            visible=everyone,
            current=("catalog:offering", "catalog:enrol", "catalog:guide", "catalog:intervention"),
        )
        registry.menu.add(discover)
        registry.search.add(
            MenuItem(
                key="catalog", label=_("Search all offerings"), url_name="catalog:offerings", visible=everyone
            )
        )
        registry.footer.add(
            MenuItem(
                key="guide", label=_("Guide to interventions"), url_name="catalog:guide", visible=everyone
            )
        )
        registry.menu.add(
            MenuItem(
                key="calendar",
                label=_("Calendar"),
                url_name="catalog:calendar",
                order=30,
                visible=everyone,
                current=("catalog:month",),
            )
        )
        registry.menu.add(
            MenuItem(
                key="catalog-desk",
                label=_("Manage offerings"),
                url_name="catalog:desk",
                order=70,
                visible=lambda user: has_role(user, Role.EDITOR),
                current=(
                    "catalog:dates",
                    "catalog:date",
                    "catalog:call_off",
                    "catalog:missed",
                    "catalog:new",
                    "catalog:edit",
                    "catalog:archive",
                    "catalog:versions",
                ),
            )
        )
        registry.menu.add(
            MenuItem(
                key="approvals",
                label=_("Requests for approval"),
                url_name="catalog:approvals",
                order=60,
                visible=is_manager,
            )
        )
        template = "catalog/cards/upcoming.html"
        registry.home.add(
            HomeCard(key="catalog-upcoming", template=template, context=cards.upcoming, order=40, row="soon")
        )
        registry.home.add(
            HomeCard(
                key="catalog-themes", template="catalog/cards/themes.html", context=cards.by_theme, order=60
            )
        )
        registry.mine.add(
            HomeCard(key="enrolments", template=template, context=cards.all_enrolments, order=40)
        )
        registry.mine.add(
            HomeCard(key="kept", template="catalog/cards/kept.html", context=cards.kept, order=50)
        )
        for place in (registry.home, registry.mine):
            place.add(
                HomeCard(key="asked", template="catalog/cards/asked.html", context=cards.asked, order=35)
            )
        schedule.every(60, "catalog.tasks.keep_queues")
        schedule.every(60, "catalog.tasks.keep_cards")
        schedule.every(600, "catalog.tasks.write_steps")
