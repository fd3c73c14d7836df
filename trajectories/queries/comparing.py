"""The difference between two versions of an agreement, in words."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.interface.moments import day
from portal.interface.money import money
from trajectories.enums import Payer
from trajectories.enums.words import Item, items
from trajectories.models import Agreement
from trajectories.models.agreement import FACTS, TEXTS

Words = str | Promise


PAID: dict[str, Words] = {
    Payer.CENTRAL: _("paid from the central budget"),
    Payer.DEPARTMENT: _("paid by the department"),
    Payer.PARTICIPANT: _("paid by the participant"),
}


@dataclass(frozen=True)
class Change:
    """One point that changed: its name in the model, what it was and what it is."""

    name: str
    before: str
    after: str


def changes(new: Agreement, old: Agreement) -> list[Change]:
    """Return the points that differ, in the order of the agreement."""
    found = [Change(name, _words(old, name), _words(new, name)) for name in (*TEXTS, *FACTS)]
    found.append(Change("results", _results(old), _results(new)))
    return [change for change in found if change.before != change.after]


def _words(agreement: Agreement, name: str) -> str:
    value: Any = getattr(agreement, name)
    if name in ("starts_on", "ends_on"):
        return day(value)
    if name == "guidance_type":
        kinds: dict[str, Item] = items("intake", "collaboration_contract", "guidance_types")
        return str(kinds[value].label) if value in kinds else ""
    if name == "payer":
        return str(PAID.get(value, value))
    if name == "cost":
        return money(value)
    return "" if value is None else str(value)


def _results(agreement: Agreement) -> str:
    return "\n".join(result.text for result in agreement.results.all())
