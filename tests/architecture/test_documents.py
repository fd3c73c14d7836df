"""What the documents promise is there."""

import re
from pathlib import Path

from tests.architecture import sources

VARIABLE = re.compile(r"""env\.\w+\(\s*"([A-Z_]+)\"""")


def test_every_variable_of_the_settings_is_explained():
    text = sources.read(Path("docs/operations.md"))
    # `PORTAL_EMAIL_HOST`, `_PORT` stands for PORTAL_EMAIL_HOST and PORTAL_EMAIL_PORT
    named = set(re.findall(r"`([A-Z][A-Z_]+)`", text))
    stems = {name.rsplit("_", 1)[0] for name in named} | {"PORTAL_OIDC"}
    named |= {stem + ending for stem in stems for ending in re.findall(r"`(_[A-Z_]+)`", text)}
    used = set(VARIABLE.findall(sources.read(Path("portal/settings.py"))))
    assert len(used) > 20
    assert used - named == set()


def test_links_between_documents_lead_somewhere():
    broken = [
        f"{path}: {target}"
        for path in sources.files()
        if path.suffix == ".md"
        for target in re.findall(r"\]\(([^)#:]+)\)", sources.read(path))
        if not (sources.ROOT / path.parent / target).exists()
    ]
    assert broken == []
