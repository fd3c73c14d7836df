"""Amounts as people read them. The ledger keeps hundredths of a unit."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from portal.entitlements.enums import Unit
from portal.interface.money import money


def words(amount: int, unit: str) -> str:
    """Return "€ 955", "1,5 dag" or "16 uur"."""
    whole = Decimal(amount) / 100
    if unit == Unit.EURO:
        return money(whole)
    figure = number_format(whole.normalize(), use_l10n=True)
    if unit == Unit.HOUR:
        return ngettext("%(amount)s hour", "%(amount)s hours", _plural(whole)) % {"amount": figure}
    if unit == Unit.DAY:
        return ngettext("%(amount)s day", "%(amount)s days", _plural(whole)) % {"amount": figure}
    return _("You have this right")


def _plural(amount: Decimal) -> int:
    """Return the number that decides between singular and plural: Dutch says "1,5 dag", English "1.5 days"."""
    most = Decimal("1.99") if get_language() == "nl" else Decimal(1)
    return 1 if 1 <= amount <= most else 2
