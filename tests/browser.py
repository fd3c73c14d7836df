"""Chromium for journeys: a visitor with a page, signing in, and an audit of what is in sight.

Every journey uses these; `visitor.audit()` runs axe, looks for sideways scrolling at both widths and for
whatever the browser refused (content security policy, missing files).
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
INSTALLED = shutil.which("chromium-headless-shell") or shutil.which("chromium")
CHROMIUM = os.environ.get("PORTAL_CHROMIUM", INSTALLED)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
WIDE, NARROW = 1280, 360
RUN_AXE = "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run one headless Chromium; the tests may use the database meanwhile."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright keeps a loop in this thread
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            yield browser
            browser.close()
    finally:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


class Visitor:
    """One person at a browser window of their own."""

    def __init__(self, browser: Browser, address: str, **options: Any) -> None:
        """Open a window; `options` go to playwright (javaScriptEnabled, color_scheme and so on)."""
        options.setdefault("viewport", {"width": WIDE, "height": 900})
        self.address = address
        self.has_scripts = options.get("java_script_enabled", True)
        self.context: BrowserContext = browser.new_context(locale="nl-NL", **options)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._listen)
        self.page.on("response", self._watch)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _listen(self, message: Any) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    def _watch(self, response: Response) -> None:
        if response.status >= 400 and response.request.resource_type != "document":
            self.complaints.append(f"{response.url} answered {response.status}")

    def open(self, path: str, status: int = 200) -> Response:
        """Go to an address of the portal and expect that status."""
        response = self.page.goto(urljoin(self.address, path))
        assert response is not None
        assert response.status == status, f"{path} answered {response.status}, not {status}"
        return response

    def sign_in(self, email: str, password: str, language: str = "nl") -> None:
        """Sign in on the ordinary page."""
        self.open(f"/{language}/account/login/")
        self.page.fill("input[name=login]:not([type=hidden])", email)
        self.page.fill("input[name=password]:not([type=hidden])", password)
        with self.page.expect_navigation():
            self.page.press("input[name=password]:not([type=hidden])", "Enter")
        assert "/account/login/" not in self.page.url, self.page.inner_text("main")

    def audit(self, *widths: int) -> None:
        """Fail when axe finds something, the page scrolls sideways, or the browser refused something."""
        found = self.problems(*widths)
        assert found == [], f"{self.page.url}: {found}"

    def problems(self, *widths: int) -> list[str]:
        """Return what axe finds at these widths (a phone's), sideways scrolling, and what the browser refused."""
        if not self.has_scripts:  # axe is a script
            return list(self.complaints)
        self.page.evaluate(AXE)
        found = self.too_wide()
        for width in widths or (NARROW,):
            self.page.set_viewport_size({"width": width, "height": 900})
            violations = self.page.evaluate(RUN_AXE)
            found += [f"{width}: {v['id']} {v['nodes'][0]['html'][:160]}" for v in violations]
        return found + self.complaints

    def too_wide(self) -> list[str]:
        """Return by how much the page scrolls sideways, on a desk and on a phone."""
        found = []
        for width in (WIDE, NARROW):
            self.page.set_viewport_size({"width": width, "height": 900})
            beyond = self.page.evaluate(TOO_WIDE)
            found += [f"{width}: {beyond} px too wide"] if beyond > 0 else []
        return found

    def close(self) -> None:
        """Close the window."""
        self.context.close()
