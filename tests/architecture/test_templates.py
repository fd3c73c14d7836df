"""What the strict content security policy and the floors ask of templates."""

import re

import pytest

from tests.architecture import sources

INLINE = re.compile(
    r"""\sstyle\s*=|<style\b|\son[a-z]+\s*=\s*["']|<script(?![^>]*\bsrc=)|javascript:""", re.IGNORECASE
)
NAMED_URL = re.compile(r"""{%\s*url\s+["']([a-z_]+):""")
FLOORS = {name: place for place, name in enumerate(sources.FLOORS)}


def _pages():
    return [
        path
        for path in sources.templates()
        if path.suffix == ".html" and path.parts[1] not in {"pdf", "emails"}
    ]


def test_pages_hold_no_inline_style_or_script():
    found = [
        f"{path}:{number}"
        for path in _pages()
        for number, line in enumerate(sources.read(path).splitlines(), 1)
        if INLINE.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("app", sources.FLOORS[:-1])
def test_templates_name_no_address_of_a_higher_floor(app):
    upward = {
        f"{path}: {name}"
        for path in sources.templates()
        if app in path.parts
        for name in NAMED_URL.findall(sources.read(path))
        if FLOORS.get(name, 0) > FLOORS[app]
    }
    assert upward == set()


def test_every_template_belongs_to_a_room_that_exists():
    rooms = {
        "components",
        "errors",
        "forms",
        "account",
        "mfa",
        "socialaccount",
        "django",
        "allauth",
        "pdf",
        "emails",
    }
    rooms |= set(sources.FLOORS) | {path.parts[1] for path in sources.python() if path.parts[0] == "portal"}
    assert {path.parts[1] for path in sources.templates() if len(path.parts) > 2} <= rooms
