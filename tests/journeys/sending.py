"""Sending what a browser would not: other methods, the same form twice, odd and large texts."""

from playwright.sync_api import APIResponse, Locator

from tests.browser import Visitor

TOKEN = "csrftoken"
TWICE = """form => Promise.all([1, 2].map(() =>
  fetch(form.action, {method: 'POST', body: new URLSearchParams(new FormData(form))}).then(answer => answer.status)))"""


def post(visitor: Visitor, path: str, **fields: str) -> APIResponse:
    """Send a form with the visitor's cookies; redirects are not followed."""
    token = next(cookie["value"] for cookie in visitor.context.cookies() if cookie["name"] == TOKEN)
    form: dict[str, str | float | bool] = {"csrfmiddlewaretoken": token, **fields}
    return visitor.context.request.post(visitor.address + path, form=form, max_redirects=0)


def status(visitor: Visitor, path: str, method: str = "GET") -> int:
    """Return what an address answers to this visitor."""
    return visitor.context.request.fetch(visitor.address + path, method=method, max_redirects=0).status


def send_twice(form: Locator) -> list[int]:
    """Send a filled-in form twice at the same moment; return both answers, redirects followed."""
    return list(form.evaluate(TWICE))
