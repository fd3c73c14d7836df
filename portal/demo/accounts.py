"""The accounts of the demonstration and their list on the sign-in page."""

from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from portal import files
from portal.people.models import User

CONTENT = Path(__file__).resolve().parent / "content"
DOMAIN = "universiteit.example"
PASSWORD = "portal-demo"  # noqa: S105  printed on the sign-in page; such accounts exist in the demo only


@cache
def content(name: str) -> dict[str, Any]:
    """Read one file of `portal/demo/content/`."""
    return files.read(CONTENT / f"{name}.yaml")


def address(account: str) -> str:
    """Return the e-mail address of an account."""
    return f"{account}@{DOMAIN}"


def names() -> frozenset[str]:
    """Return the names of the accounts."""
    return frozenset(row["account"] for row in content("accounts")["accounts"])


def sign_in_card(request: HttpRequest) -> dict[str, Any] | None:
    """Return the accounts that stand in this database, for the demonstration only."""
    if not settings.DEMO:
        return None
    language = get_language() or "nl"
    rows = content("accounts")["accounts"]
    there = set(
        User.objects.filter(email__in=[address(row["account"]) for row in rows]).values_list(
            "email", flat=True
        )
    )
    accounts = [
        {
            **row,
            "email": address(row["account"]),
            "who": row[f"who_{language}"],
            "finds": row[f"finds_{language}"],
        }
        for row in rows
        if address(row["account"]) in there
    ]
    return {"accounts": accounts, "demo_password": PASSWORD} if accounts else None
