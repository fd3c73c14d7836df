"""Which texts of a template have no translation, read from the compiled template."""

from typing import Any

from django.template.base import Template
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils.translation import trans_real

SOURCE_LANGUAGE = "en"


def untranslated(template: Template, language: str) -> list[str]:
    """Return the template's texts that the language's catalogue lacks."""
    if language == SOURCE_LANGUAGE:
        return []
    catalogue: Any = vars(trans_real.translation(language))["_catalog"]
    nodes = template.nodelist.get_nodes_by_type((TranslateNode, BlockTranslateNode))  # type: ignore[arg-type]
    messages = [message for node in nodes for message in _messages(node)]
    return [text for text, key in messages if not (catalogue.get(key) or catalogue.get((key, 0)))]


def _messages(node: Any) -> list[tuple[str, str]]:
    """Return a node's text and its key in the catalogue; none when the text is a variable."""
    if isinstance(node, TranslateNode):
        literal = node.filter_expression.var.literal
        text = literal.replace("%", "%%") if isinstance(literal, str) else ""
    else:
        text = node.render_token_list(node.singular)[0]
    if not text:
        return []
    context = getattr(node.message_context, "var", None) if node.message_context else None
    key = f"{context}{trans_real.CONTEXT_SEPARATOR}{text}" if context else text
    return [(text, key)]
