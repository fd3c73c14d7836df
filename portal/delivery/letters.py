"""Making a mail from a template: strict, so that a mail with a hole in it never leaves.

A template is `templates/emails/<app>/<name>.txt`: a line `Subject: ...`, an empty line, the text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template import Context, TemplateDoesNotExist, TemplateSyntaxError
from django.template.backends.django import DjangoTemplates
from django.urls import NoReverseMatch
from django.utils import translation
from django.utils.html import format_html, urlize
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from portal.delivery.errors import LetterError
from portal.delivery.texts import untranslated

HOLE = "\N{WHITE SQUARE}missing value\N{WHITE SQUARE}"
SUBJECT = "Subject:"


class _Strict(str):
    """Django puts this text where a value is missing; here that is an error."""

    __slots__ = ()

    def __mod__(self, name: object) -> str:
        raise LetterError(f"the value {name} is missing.")


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail's subject and its two bodies."""

    subject: str
    text: str
    html: str


def write(template: str, context: Mapping[str, Any], *, language: str, neutral: bool) -> Letter:
    """Render one mail in a language; with `neutral` the subject says nothing about its matter.

    Raises LetterError when anything is missing: the template, a value, the subject, a translation.
    """
    with translation.override(language):
        source = _render(f"emails/{template}.txt", context)
        subject, body = _part(source, template)
        if neutral:
            subject = gettext("A message from Career & Development")
        frame = {"body": body, "portal_url": settings.BASE_URL}
        text = _render("emails/base.txt", frame).strip() + "\n"
        page = {"subject": subject, "language": language, "paragraphs": _paragraphs(text)}
        html = _render("emails/base.html", {**page, "stylesheet": _stylesheet()}, autoescape=True)
    return Letter(subject, text, html)


def _part(source: str, template: str) -> tuple[str, str]:
    """Part the subject line from the body."""
    head, _line, body = source.strip().partition("\n\n")
    subject = " ".join(head.removeprefix(SUBJECT).split())
    if not head.startswith(SUBJECT) or not subject or "\n" in head.strip():
        raise LetterError(f"{template}: the first line must be the subject, with a line free below.")
    if not body.strip():
        raise LetterError(f"{template}: there is no text.")
    return subject, body.strip()


def _render(name: str, context: Mapping[str, Any], *, autoescape: bool = False) -> str:
    try:
        template = _engine().get_template(name).template
        missing = untranslated(template, translation.get_language() or "en")
        if missing:
            raise LetterError(f"no translation of {missing[0]!r}.")
        text = str(template.render(Context(dict(context), autoescape=autoescape)))
    except TemplateDoesNotExist as error:
        raise LetterError(f"There is no template {error}.") from error
    except (TemplateSyntaxError, NoReverseMatch) as error:
        raise LetterError(f"{name} can't be rendered: {error}") from error
    except LetterError as error:
        raise LetterError(f"{name}: {error}") from error
    if HOLE in text:
        raise LetterError(f"{name}: a value is missing.")
    return text


@cache
def _engine() -> DjangoTemplates:
    page = settings.TEMPLATES[0]
    options = {"string_if_invalid": _Strict(HOLE + "%s"), "context_processors": []}
    return DjangoTemplates(
        {"NAME": "letters", "DIRS": page["DIRS"], "APP_DIRS": page["APP_DIRS"], "OPTIONS": options}
    )


def _paragraphs(text: str) -> list[SafeString]:
    """Return the text's paragraphs as safe HTML: links become links, lines stay lines."""
    blocks = (block.strip() for block in text.split("\n\n"))
    return [
        mark_safe("<br>".join(urlize(line, autoescape=True) for line in block.split("\n")))  # noqa: S308
        for block in blocks
        if block
    ]


@cache
def _stylesheet() -> SafeString:
    """Return the style of mails; a mail program reads no style sheet from elsewhere."""
    css = (Path(settings.BASE_DIR) / "static" / "emails.css").read_text(encoding="utf-8")
    return format_html("<style>{}</style>", mark_safe(css))  # noqa: S308
