"""Markdown with a small allowed set: emphasis, lists, links, quotes and two levels of heading."""

import re
from functools import cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "blockquote", "h3", "h4", "hr", "code"}
CLASSES = {
    "a": {"class": "utrecht-link utrecht-link--html-a"},
    "h3": {"class": "utrecht-heading-3"},
    "h4": {"class": "utrecht-heading-4"},
    "p": {"class": "utrecht-paragraph"},
}


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(
        ["image", "html_block", "html_inline"]
    )


def _lowered(html: str) -> str:
    """Make the writer's headings fit below the page's own h1 and h2."""
    html = re.sub(r"<(/?)h1>", r"<\1h3>", html)
    return re.sub(r"<(/?)h[2-6]>", r"<\1h4>", re.sub(r"<(/?)h3>", r"<\1h3 >", html)).replace("h3 >", "h3>")


def render(text: str) -> SafeString:
    """Return safe HTML for text that a person wrote."""
    html = _lowered(_parser().render(text))
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href", "title"}},
        url_schemes={"https", "http", "mailto"},
        link_rel="noopener noreferrer",
        set_tag_attribute_values=CLASSES,
    )
    return mark_safe(clean)  # noqa: S308 - cleaned by nh3 against the allowed set above
