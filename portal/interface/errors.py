"""Error pages in plain words, both languages, each with one way on.

Named in `portal/urls.py` (handler400 and so on) and in the settings (CSRF).
"""

import logging
import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from redis.exceptions import ConnectionError as CacheAway

AWAY: tuple[type[BaseException], ...] = (OperationalError, InterfaceError, CacheAway)
TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
RETRY_SECONDS = 30
logger = logging.getLogger(__name__)


def error_page(request: HttpRequest, status: int, sentence: str = "", template: str = "") -> HttpResponse:
    """Draw `templates/errors/<status>.html` in the frame of the portal, without the frame when that fails."""
    context = {"sentence": sentence, "status": status}
    with translation.override(_language(request)):
        try:
            body: str = render_to_string(template or f"errors/{status}.html", context, request)
        except Exception:
            logger.exception("The page for error %s came out plain", status)
            body = _plain(status if status in {500, 503} else 500)
    return HttpResponse(body, status=status)


def plain_page(request: HttpRequest, status: int) -> HttpResponse:
    """Draw an error page that needs no database, session or user (500, 503)."""
    with translation.override(_language(request)):
        response = HttpResponse(_plain(status), status=status)
    if status == 503:
        response["Retry-After"] = str(RETRY_SECONDS)
    return response


def bad_request(request: HttpRequest, exception: BaseException | None = None) -> HttpResponse:
    """400, or 413 when the request was larger than the portal takes."""
    if isinstance(exception, TOO_BIG):
        return too_large(request)
    return error_page(request, 400)


def forbidden(request: HttpRequest, exception: BaseException | None = None) -> HttpResponse:
    """403: signed in, but this page is for another role."""
    return error_page(request, 403)


def not_found(request: HttpRequest, exception: BaseException | None = None) -> HttpResponse:
    """404: never says whether the thing exists."""
    return error_page(request, 404)


def method_not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    """405: the address takes another kind of request."""
    response = error_page(request, 405)
    response["Allow"] = allowed
    return response


def conflict(request: HttpRequest, sentence: str) -> HttpResponse:
    """409: somebody or something changed it meanwhile; the sentence says what."""
    return error_page(request, 409, sentence)


def too_large(request: HttpRequest) -> HttpResponse:
    """413: nothing was kept, and the page says so; what was typed is one step back."""
    _drain(request)
    return error_page(request, 413)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that is too old or came from elsewhere."""
    return error_page(request, 403, template="errors/csrf.html")


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 when it was the database or the cache that did not answer."""
    return plain_page(request, 503 if isinstance(sys.exc_info()[1], AWAY) else 500)


def _plain(status: int) -> str:
    try:
        return render_to_string(f"errors/{status}.html", {"status": status})
    except Exception:
        logger.exception("The plain page for error %s came out bare", status)
        return render_to_string("errors/bare.html", {"status": status})


def _language(request: HttpRequest) -> str:
    """Return the language of the address, else of the browser: middleware may not have run yet."""
    return translation.get_language_from_request(request, check_path=True)


def _drain(request: HttpRequest, limit: int = 50 * 1024 * 1024) -> None:
    """Read away what the browser still sends, or it never shows the answer."""
    read = 0
    try:
        while read < limit and (chunk := request.read(65536)):
            read += len(chunk)
    except OSError:
        logger.info("The rest of a request that is too large could not be read")
