"""The only door to the ledger: reserve, release, spend, correct."""

from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Sum

from portal.entitlements.enums import Kind
from portal.entitlements.errors import LedgerRefusedError, NotEnoughError, SettledError
from portal.entitlements.models import Account, Entry
from portal.people.models import User

REFUSALS = {
    "account_free_not_below_zero": NotEnoughError,
    "account_held_not_below_zero": SettledError,
    "entry_within_reservation": SettledError,
}


@dataclass(frozen=True)
class About:
    """What a booking is about, in both languages; it is read by whoever may see the account."""

    nl: str
    en: str


def reserve(
    *, account: Account, amount: int, key: str, about: About, actor: User, beneficiary: User | None = None
) -> Entry:
    """Set an amount (in hundredths) aside. Raises NotEnoughError when less is free.

    `beneficiary` is for whom a department pays; that person sees this booking.
    """
    return book(
        Entry(
            key=key,
            account=account,
            kind=Kind.RESERVATION,
            amount=amount,
            about_nl=about.nl[:300],
            about_en=about.en[:300],
            beneficiary=beneficiary or account.user,
            actor=actor,
        )
    )


def release(*, key: str, actor: User | None) -> Entry | None:
    """Give back what is still set aside under this key; None when nothing is."""
    return _settle(key, Kind.RELEASE, actor)


def spend(*, key: str, actor: User | None) -> Entry | None:
    """Spend what is still set aside under this key; None when nothing is."""
    return _settle(key, Kind.SPEND, actor)


def correct(*, account: Account, amount: int, key: str, about: About, actor: User | None) -> Entry:
    """Add to what is free, or take off when the amount is negative. Raises NotEnoughError below zero."""
    return book(
        Entry(
            key=key,
            account=account,
            kind=Kind.CORRECTION,
            amount=amount,
            about_nl=about.nl[:300],
            about_en=about.en[:300],
            actor=actor,
        )
    )


def reserved(key: str) -> int:
    """Return what is still set aside under a key, as far as the viewer may see it."""
    rows = Entry.objects.filter(key=key, kind=Kind.RESERVATION)
    amount = rows.values_list("amount", flat=True).first() or 0
    settled = Entry.objects.filter(reservation__key=key).aggregate(sum=Sum("amount"))["sum"] or 0
    return amount - settled


def _settle(key: str, kind: Kind, actor: User | None) -> Entry | None:
    reservation = Entry.objects.filter(key=key, kind=Kind.RESERVATION).first()
    left = reserved(key) if reservation else 0
    if reservation is None or left == 0:
        return None
    entry = Entry(
        key=f"{key}:{kind}",
        account_id=reservation.account_id,
        kind=kind,
        amount=left,
        reservation=reservation,
        about_nl=reservation.about_nl,
        about_en=reservation.about_en,
        beneficiary_id=reservation.beneficiary_id,
        actor=actor,
    )
    try:
        return book(entry)
    except SettledError:
        # Somebody else settled it at the same moment; it was settled once, which is what counts.
        return None


@transaction.atomic
def book(entry: Entry) -> Entry:
    """Write one entry; a key that is taken gives the entry that took it."""
    try:
        with transaction.atomic():
            Entry.objects.bulk_create([entry], ignore_conflicts=True)
    except IntegrityError as error:
        raise _refusal(error) from error
    return Entry.objects.get(key=entry.key)


def _refusal(error: IntegrityError) -> LedgerRefusedError:
    cause: Any = error.__cause__
    name = getattr(getattr(cause, "diag", None), "constraint_name", None)
    return REFUSALS.get(name or "", LedgerRefusedError)()
