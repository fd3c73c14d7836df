"""The one door to WeasyPrint: accessible PDF (PDF/UA-1) from a template, without any network."""

import logging
import mimetypes
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from portal.organisation.queries import university_name

logger = logging.getLogger(__name__)
# What the templates' relative addresses stand on: no such host exists, only the fetcher below knows it.
BASE = "http://portal.invalid/"


class ForeignAddressError(Exception):
    """A PDF template names something that is neither one of our static files nor data."""


def render(template: str, context: Mapping[str, Any], language: str, *, other: str = "") -> bytes:
    """Return the PDF of a template that extends `pdf/base.html`, in that language.

    What a template sets in a `<section>` is in the `other` language and marked so: the library knows the language of
    the whole document only, and PDF/UA asks for that of each part.
    A table's empty corner cell is a `<td>`: as a `<th>` it fails PDF/UA.
    Raises ForeignAddressError when the template asks for anything but static files and data.
    """
    from weasyprint import HTML
    from weasyprint.urls import FatalURLFetchingError

    with translation.override(language):
        page = render_to_string(template, {**context, "language": language, "university": university_name()})
    document = HTML(string=page, base_url=BASE, url_fetcher=_fetcher())
    try:
        made: bytes = document.write_pdf(pdf_variant="pdf/ua-1", finisher=_in_language(other))
    except FatalURLFetchingError as error:
        raise ForeignAddressError(str(error)) from error
    return made


def _in_language(other: str) -> Callable[[Any, Any], None]:
    """Return what marks the language of each section, after the tags have been made."""
    from pydyf import String

    def finish(_document: Any, made: Any) -> None:
        for part in made.objects:
            if other and isinstance(part, dict) and part.get("S") == "/Sect":
                part["Lang"] = String(other)

    return finish


@cache
def _fetcher() -> Any:
    """Make the fetcher here: its base class lives in the library that is imported late."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):  # type: ignore[misc]
        """Hands out static files and data, and nothing else."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            path = _own_file(url)
            if path is None:
                raise FatalURLFetchingError("A PDF takes static files and data only.")
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    return OwnFiles(allowed_protocols=["data"])


def _own_file(url: str) -> Path | None:
    """Return the static file of an address; None when there is no such file or it lies elsewhere."""
    root = (Path(settings.BASE_DIR) / "static").resolve()
    if not url.startswith(BASE + "static/"):
        return None
    path = (root / url.removeprefix(BASE + "static/").partition("?")[0]).resolve()
    return path if path.is_relative_to(root) and path.is_file() else None
