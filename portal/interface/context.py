"""What every page knows: menu, language links, the role one works in."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import get_language, get_language_info

from portal.interface import registry
from portal.interface.registry import MenuItem
from portal.organisation.queries import university_name


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the frame around each page."""
    user = getattr(request, "user", None) or AnonymousUser()
    return {
        "menu_items": _marked(registry.links(registry.menu, user), request),
        "utility_links": registry.links(registry.utility, user),
        "footer_links": registry.links(registry.footer, user),
        "quick_search": next(iter(registry.links(registry.search, user)), None),
        "languages": language_links(request),
        "working_as": working_as(request),
        "demo": settings.DEMO,
        "university": university_name(),
    }


def working_as(request: HttpRequest) -> str:
    """Name the role in which this page is used; set as `request.working_as` by the page's door."""
    role = getattr(request, "working_as", None)
    label = str(getattr(role, "label", role) or "")
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def language_links(request: HttpRequest) -> list[dict[str, Any]]:
    """Return every language with the address of this same page in it, query string kept."""
    return [
        {
            "code": code,
            "name": get_language_info(code)["name_local"].capitalize(),
            "url": language_url(request, code),
            "current": code == get_language(),
        }
        for code, _name in settings.LANGUAGES
    ]


def language_url(request: HttpRequest, code: str) -> str:
    """Return this page's address in another language; a view may set `request.alternates`."""
    known: dict[str, str] = getattr(request, "alternates", {})
    here = request.get_full_path()
    there = known.get(code) or translate_url(here, code)
    if there != here or code == get_language():
        return there
    return reverse("language", args=[code]) + "?" + urlencode({"next": here})


def _marked(items: list[MenuItem], request: HttpRequest) -> list[dict[str, Any]]:
    """Pair each item with whether the present page belongs to it; a view may say so in `request.menu_key`."""
    chosen: str = getattr(request, "menu_key", "")
    match = getattr(request, "resolver_match", None)
    here = match.view_name if match else ""
    return [
        {
            "item": item,
            "url": item.url(),
            "current": item.key == chosen
            if chosen
            else here == item.url_name or here.startswith(item.current or ("\0",)),
        }
        for item in items
    ]
