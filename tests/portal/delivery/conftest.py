"""A worker's connection, templates of our own, and a mail folder per test."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connections

from portal import env
from portal.delivery import letters

HERE = Path(__file__).parent


@pytest.fixture(autouse=True)
def _test_templates(settings) -> Iterator[None]:
    """Render mails from this folder's templates as well."""
    page = django_settings.TEMPLATES[0]
    settings.TEMPLATES = [{**page, "DIRS": [HERE / "templates", *page["DIRS"]]}]
    letters._engine.cache_clear()
    yield
    letters._engine.cache_clear()


@pytest.fixture
def folder(settings, tmp_path: Path) -> Path:
    """The folder to which mail is handed over."""
    settings.EMAIL_BACKEND = "portal.delivery.transport.EmlFiles"
    settings.MAIL_FOLDER = tmp_path / "mail"
    return tmp_path / "mail"


@contextmanager
def as_worker() -> Iterator[None]:
    """Connect as `portal_jobs`, like the worker does; threads started inside follow."""
    kept = connections.settings["default"]
    before = {name: kept[name] for name in ("USER", "PASSWORD")}
    jobs = env.database("PORTAL_JOBS_DATABASE_URL") or {}
    connections["default"].close()
    kept.update({name: jobs[name] for name in before})
    try:
        yield
    finally:
        connections["default"].close()
        kept.update(before)


@pytest.fixture
def worker(committed) -> Callable[[], object]:
    """Give the way to act as the worker, on real commits."""
    return as_worker
