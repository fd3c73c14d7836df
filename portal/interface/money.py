"""Amounts as people write them: Dutch € 1.500, British €1,500; cents only when there are any."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import get_language


def money(euros: Decimal | float | str | None) -> str:
    """Return an amount in euros; the space after the sign does not break."""
    if euros is None or euros == "":
        return ""
    amount = Decimal(str(euros)).quantize(Decimal("0.01"))
    cents = 0 if amount == amount.to_integral_value() else 2
    figure = number_format(abs(amount), decimal_pos=cents, use_l10n=True, force_grouping=True)
    sign = "-" if amount < 0 else ""
    return f"{sign}€\N{NO-BREAK SPACE}{figure}" if get_language() == "nl" else f"{sign}€{figure}"
