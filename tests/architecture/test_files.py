"""Names, sizes and words of the source files."""

import re

import pytest

from tests.architecture import sources

LAYERS = """
    enums errors validators signals workflow models translation queries emails reports permissions services
    forms filters tasks views admin receivers api urls
"""
ALLOWED = {*LAYERS.split(), "__init__", "apps", "migrations", "management", "templatetags", "content"}
# A drawer for everything ends up holding everything.
DRAWERS = {"utils", "util", "helpers", "helper", "misc", "common", "tools", "lib"}
LINES = {".py": 400, ".html": 150}
HOSTS = re.compile(r"(pypi|pythonhosted|npmjs|debian)\.(org|com|net)|registry\.(npmjs|yarnpkg)\.")
PATHS = re.compile(r"/(wor[k]|far[m]|roo[t])/|/tm[p]/")
BINARY = {".woff2", ".png", ".ico", ".pdf", ".jpg", ".svg"}


def test_an_app_holds_only_the_rooms_of_the_house():
    strange = {
        str(path)
        for path in sources.files()
        if path.parts[0] in sources.DOMAIN_APPS and path.parts[1].removesuffix(".py") not in ALLOWED
    }
    assert strange == set()


def test_there_are_no_drawers():
    assert {str(path) for path in sources.python(tests=True) if path.stem in DRAWERS} == set()


@pytest.mark.parametrize("suffix", sorted(LINES))
def test_files_stay_small(suffix):
    long = {
        str(path): count
        for path in sources.files()
        if path.suffix == suffix
        and "migrations" not in path.parts
        and (count := len(sources.read(path).splitlines())) > LINES[suffix]
    }
    assert long == {}


def test_no_file_names_a_machine_path_or_a_package_registry():
    found = [
        f"{path}:{number}"
        for path in sources.files()
        if path.suffix not in BINARY
        for number, line in enumerate(sources.read(path).splitlines(), 1)
        if HOSTS.search(line) or PATHS.search(line)
    ]
    assert found == []


def test_jobs_are_never_done_in_the_asking_process():
    eager = re.compile(r"always_" + r"eager[\"']?\s*[:=](?!=)", re.IGNORECASE)
    settings = [path for path in sources.files() if path.suffix in {".yml", ".toml", ".cfg", ".env"}]
    places = [*sources.python(tests=True), *settings]
    assert [str(path) for path in places if eager.search(sources.read(path))] == []
