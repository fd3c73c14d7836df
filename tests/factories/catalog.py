"""Offerings, sessions and enrolments for tests."""

from datetime import timedelta
from itertools import count
from typing import Any

from catalog import models
from catalog.enums import Effect, Form, Informed, Pot, ProviderKind, Setting, Status
from catalog.models.offering import CARD
from catalog.services.search_index import index_offering
from portal import clock

_number = count(1)


def both(field: str, text: str) -> dict[str, str]:
    """Return a text in both languages, told apart by their ending."""
    return {f"{field}_nl": text, f"{field}_en": f"{text} (en)"}


def theme(key: str = "learn_and_grow") -> models.Theme:
    """Return the theme of that key, made when it is not there."""
    values = {"style": "learn", "icon": "plant-2", **both("label", key), **both("description", key)}
    return models.Theme.objects.get_or_create(key=key, defaults=values)[0]


def kind(key: str = "internal_training", *, of: models.Theme | None = None) -> models.Kind:
    """Return the kind of that key, made when it is not there."""
    values = {"icon": "school", "theme": of or theme(), **both("label", key), **both("description", key)}
    return models.Kind.objects.get_or_create(key=key, defaults=values)[0]


def audience(key: str = "all_employees") -> models.Audience:
    """Return the audience of that key, made when it is not there."""
    return models.Audience.objects.get_or_create(key=key, defaults=both("label", key))[0]


def notice(key: str = "none_free", **fields: Any) -> models.ManagerNotice:
    """Return the notice of that key, made when it is not there."""
    values = {**both("shown", f"Tekst {key}"), "message_nl": "", "message_en": "", **fields}
    return models.ManagerNotice.objects.get_or_create(key=key, defaults=values)[0]


def offering(title: str = "Netwerken zonder ongemak", **fields: Any) -> models.Offering:
    """Make a published, public, free offering that can be found."""
    number = next(_number)
    audiences = fields.pop("audiences", ["all_employees"])
    pots = fields.pop("pots", {Pot.FREE: notice()})
    provider = models.Provider.objects.get_or_create(
        key="learning_office", defaults={"kind": ProviderKind.UNIT, **both("label", "Opleidingsbureau")}
    )[0]
    texts = {key: value for field in CARD for key, value in both(field, f"{field} {number}").items()}
    values = {
        "slug": f"offering-{number}",
        "kind": kind(),
        "theme": theme(),
        "provider": provider,
        "languages": ["nl"],
        "hours": 4,
        "form": Form.LOCATION,
        "effect": Effect.PREVENTIVE,
        "setting": Setting.GROUP,
        "informed": Informed.NO,
        "contact_mailbox": "opleidingen@universiteit.example",
        "status": Status.PUBLISHED,
        "published_on": clock.today() - timedelta(days=30),
        "review_on": clock.today() + timedelta(days=300),
        **texts,
        **both("title", title),
        **both("time_text", "vier uur"),
        **both("owner_role", "Opleidingsadviseur"),
        **fields,
    }
    made = models.Offering.objects.create(**values)
    made.audiences.set([audience(key) for key in audiences])
    for order, (pot, told) in enumerate(pots.items()):
        made.pots.create(pot=pot, notice=told, order=order)
    index_offering(offering=made, actor=None)
    return made


def session(of: models.Offering | None = None, *, in_days: float = 30, **fields: Any) -> models.Session:
    """Make a session that many days from now, of three hours, with ten seats."""
    starts_at = fields.pop("starts_at", clock.now() + timedelta(days=in_days))
    values = {
        "offering": of or offering(),
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=3),
        "language": "nl",
        "seats": 10,
        "enrol_until": starts_at - timedelta(hours=12),
        "cancel_until": starts_at - timedelta(days=14),
        **both("room", "Havenzaal"),
        **fields,
    }
    return models.Session.objects.create(**values)
