"""Where evaluations appears: the menu of HR and a card on their home page."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from evaluations.queries.released import releases
from portal.interface import registry
from portal.people.enums import Role
from portal.people.queries import has_role


def works_for_hr(user: Any) -> bool:
    """Tell whether this person sees figures."""
    return has_role(user, Role.HR)


def newest_release(request: HttpRequest) -> dict[str, Any] | None:
    """Return the newest release for the home card; nothing for others than HR."""
    if not works_for_hr(request.user):
        return None
    return {"release": releases(request.user).first()}


def register() -> None:
    """Hang up menu entry and card."""
    registry.menu.add(
        registry.MenuItem(
            key="figures",
            label=_("Figures"),
            url_name="evaluations:figures",
            order=60,
            visible=works_for_hr,
            current=("evaluations:",),
        )
    )
    registry.home.add(
        registry.HomeCard(
            key="figures", order=40, template="evaluations/home_card.html", context=newest_release
        )
    )
