"""Where balances hang: home and one's own file."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.entitlements.queries.balances import balances
from portal.interface import registry
from portal.interface.registry import HomeCard, MenuItem
from portal.people.enums import Role
from portal.people.queries import is_central, is_manager


def own_balances(request: HttpRequest) -> dict[str, Any] | None:
    """Return what this person has left; nothing for visitors and for who has no right to anything."""
    if not request.user.is_authenticated:
        return None
    found = balances(request.user)
    return {"balances": found} if found else None


def sees_departments(user: Any) -> bool:
    """Tell whether this person sees the budget of a department."""
    return is_manager(user) or is_central(user, Role.HR)


def register() -> None:
    """Hang up the cards and the links."""
    card = "entitlements/card.html"
    registry.home.add(HomeCard(key="balances", template=card, context=own_balances, order=45, row="soon"))
    registry.mine.add(HomeCard(key="balances", template=card, context=own_balances, order=30))
    registry.account.add(MenuItem(key="budget", label=_("Your budget and days"), url_name="entitlements:own"))
    registry.account.add(
        MenuItem(
            key="department_budget",
            label=_("Budgets of departments"),
            url_name="entitlements:departments",
            visible=sees_departments,
        )
    )
