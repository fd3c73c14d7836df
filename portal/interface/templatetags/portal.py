"""The building stones of every page: `{% load portal %}`. Each draws a template of `templates/components/`."""

from typing import Any

from django import template
from django.contrib.messages import constants as levels
from django.core.paginator import Page
from django.forms import BoundField
from django.utils.safestring import SafeString

from portal.interface import moments, registry
from portal.interface import money as money_words
from portal.interface.markdown import render
from portal.interface.registry import Filled

register = template.Library()

SEES_ICONS = {"own": "lock", "shared": "users", "other": "eye", "released": "share"}
ALERT_ICONS = {
    "ok": "circle-check",
    "info": "info-circle",
    "warning": "alert-triangle",
    "error": "alert-circle",
}
BUTTONS = {
    "primary": "primary-action",
    "secondary": "secondary-action",
    "subtle": "subtle",
    "sun": "primary-action",
}
Context = dict[str, Any]


@register.inclusion_tag("components/icon.html")
def icon(name: str, extra: str = "") -> Context:
    """Draw a line icon of the sprite; never without a word beside it."""
    return {"name": name, "extra": extra}


@register.inclusion_tag("components/sees.html")
def sees(kind: str, label: str) -> Context:
    """Say who can read this: own, shared, other or released."""
    return {"kind": kind, "label": label, "icon": SEES_ICONS[kind]}


@register.inclusion_tag("components/button.html")
def button(
    label: str,
    kind: str = "primary",
    name: str = "",
    value: str = "",
    icon: str = "",
    wide: bool = False,
    about: str = "",
) -> Context:
    """Draw a submit button; `about` is read aloud after the label, for buttons in a list."""
    return {
        "label": label,
        "kind": kind,
        "style": BUTTONS.get(kind, ""),
        "name": name,
        "value": value,
        "icon": icon,
        "wide": wide,
        "about": about,
    }


@register.inclusion_tag("components/link.html")
def link(url: str, label: str, icon: str = "", kind: str = "", about: str = "") -> Context:
    """Draw a link; with `kind` (primary, secondary, sun) it looks like a button."""
    return {
        "url": url,
        "label": label,
        "icon": icon,
        "kind": kind,
        "style": BUTTONS.get(kind, ""),
        "about": about,
    }


@register.inclusion_tag("components/strip.html")
def strip(steps: Any, label: str = "", short: bool = False) -> Context:
    """Draw the phases; each step has `name`, `date` and `state` (done, now, todo)."""
    return {"steps": steps, "label": label, "short": short}


@register.inclusion_tag("components/alert.html")
def alert(kind: str, title: str, text: str = "", url: str = "", label: str = "") -> Context:
    """Draw a notice: ok, info, warning or error."""
    return {"kind": kind, "title": title, "text": text, "icon": ALERT_ICONS[kind], "url": url, "label": label}


@register.inclusion_tag("components/empty.html")
def empty(icon: str, title: str, text: str = "", url: str = "", label: str = "") -> Context:
    """Say why there is nothing here, with one way on."""
    return {"icon": icon, "title": title, "text": text, "url": url, "label": label}


@register.inclusion_tag("components/tag.html")
def tag(text: str, kind: str = "") -> Context:
    """Draw a short status: plain, turn, ok, warn or error."""
    return {"text": text, "kind": kind}


@register.inclusion_tag("components/told.html")
def told(informed: bool = False, title: str = "", text: str = "", message: str = "") -> Context:
    """Say whether the manager is told, with the exact message; directly above the button it concerns."""
    return {"informed": informed, "title": title, "text": text, "message": message}


@register.inclusion_tag("components/art.html")
def harbour() -> Context:
    """Draw the harbour horizon of the next-step panel."""
    return {}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: "Page[Any]", name: str = "page") -> Context:
    """Draw the pages of a list, the query string kept."""
    query = context["request"].GET.copy()

    def address(number: int) -> str:
        query[name] = str(number)
        return f"?{query.urlencode()}"

    shown = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    numbers = [{"number": n, "url": address(n) if isinstance(n, int) else ""} for n in shown]
    before = address(page.previous_page_number()) if page.has_previous() else ""
    after = address(page.next_page_number()) if page.has_next() else ""
    return {"page": page, "numbers": numbers, "before": before, "after": after}


@register.simple_tag(takes_context=True)
def card(context: template.Context, filled: Filled) -> SafeString:
    """Draw one registered card with its own context on top of the page's."""
    entry, data = filled
    engine = context.template.engine  # type: ignore[union-attr]
    with context.push(**data):
        return engine.get_template(entry.template).render(context)


@register.simple_tag(takes_context=True)
def filled(context: template.Context, name: str) -> list[Filled]:
    """Return the cards of a registry ("sign_in") that have something to say, for rooms below this one."""
    request = context["request"]
    return [entry for row in registry.cards(registry.CARDS[name], request) for entry in row]


@register.simple_tag(takes_context=True)
def registered(context: template.Context, name: str) -> list[registry.MenuItem]:
    """Return the links of a registry ("account", "admin") that this person sees."""
    return registry.links(registry.LINKS[name], context["request"].user)


@register.filter
def markdown(text: str | None) -> SafeString:
    """Draw text written in Markdown, with a small allowed set."""
    return render(text or "")


@register.filter
def alert_kind(message: Any) -> str:
    """Return the kind of notice for a Django message."""
    names = {levels.SUCCESS: "ok", levels.WARNING: "warning", levels.ERROR: "error"}
    return names.get(message.level, "info")


@register.filter
def alert_icon(message: Any) -> str:
    """Return the icon for a Django message."""
    return ALERT_ICONS[alert_kind(message)]


@register.filter
def sees_of(field: BoundField) -> tuple[str, str] | None:
    """Return (kind, label) from the form's `sees` table: who reads what is typed here."""
    marks: dict[str, tuple[str, str]] = getattr(field.form, "sees", {})
    return marks.get(field.name)


@register.filter
def as_lead(label: str) -> str:
    """End a label so that an error can follow it: no colon after a question."""
    return label if str(label).endswith(("?", "!", ".", ":")) else f"{label}:"


@register.filter
def target(field: BoundField) -> str:
    """Return the id a link of the error summary points at: the field, or the first choice of a group."""
    if field.field.widget.use_fieldset and len(field.subwidgets):
        return field.subwidgets[0].id_for_label or field.auto_id or ""
    return field.id_for_label or field.auto_id or ""


register.filter("day", moments.day)
register.filter("day_short", moments.day_short)
register.filter("weekday", moments.weekday)
register.filter("hours", moments.hours)
register.filter("until", moments.until)
register.filter("moment", moments.moment)
register.filter("relative_day", moments.relative_day)
register.filter("money", money_words.money)
