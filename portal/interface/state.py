"""How the portal is, in words, for the administrator's page; `/health/` says the same to machines."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.delivery import health

LABELS = {
    "database": _("Database"),
    "broker": _("Message broker"),
    "worker": _("Worker: does the jobs"),
    "scheduler": _("Scheduler: finds what is due"),
    "outbox": _("Outbox: sends the mail"),
}


def card(_request: HttpRequest) -> dict[str, Any]:
    """Return each part with whether it works."""
    found = health.report()
    parts = [{"label": LABELS[name], "ok": found[name]["ok"]} for name in health.PARTS]
    return {"parts": parts, "failing": found["failing"], "given_up": found["outbox"].get("given_up", 0)}
