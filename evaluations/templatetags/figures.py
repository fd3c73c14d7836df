"""The one mark and the one sentence of a hidden figure, the same everywhere."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.inclusion_tag("evaluations/protected.html")
def protected() -> dict[str, Any]:
    """Draw the mark of a hidden figure."""
    return {}


@register.inclusion_tag("evaluations/figure_cell.html")
def figure_cell(cell: Any) -> dict[str, Any]:
    """Draw one cell of a table of figures."""
    return {"cell": cell}


@register.simple_tag
def hidden_sentence() -> str:
    """Say why a figure is hidden; never which of the two reasons it is."""
    return _("Hidden: few people, or another hidden figure could be worked out from it.")


@register.filter
def in_words(source: str) -> str:
    """Put the remarks in a source (chapters of the design papers) into the reader's language."""
    return source.replace("(derived)", _("(worked out from it)")).replace("Own design", _("own design"))
