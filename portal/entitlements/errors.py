"""Refusals of the ledger. Each says in one sentence what is the matter."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class LedgerRefusedError(Exception):
    """The ledger does not book this; `sentence` is meant for the person who asked."""

    sentence: str | Promise = _("This could not be booked.")

    def __str__(self) -> str:
        return str(self.sentence)


class NotEnoughError(LedgerRefusedError):
    """More is asked than is free."""

    sentence = _("There is not enough left in this budget. Choose another way to pay.")


class SettledError(LedgerRefusedError):
    """The reservation has been spent or released already."""

    sentence = _("This amount is no longer set aside.")
