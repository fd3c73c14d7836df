"""What is wrong with the message catalogue; `make check` prints it, a test asserts there is nothing."""

import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polib

from tests.architecture import sources

CATALOGUE = sources.ROOT / "locale" / "nl" / "LC_MESSAGES" / "django.po"
SAME_WORDS = Path(__file__).with_name("same_words.txt")
KEYWORDS = (
    "gettext_noop", "gettext_lazy", "ngettext_lazy:1,2", "pgettext:1c,2", "npgettext:1c,2,3",
    "pgettext_lazy:1c,2", "npgettext_lazy:1c,2,3",
)  # fmt: skip
PLACEHOLDER = re.compile(r"%\(\w+\)[sdf]|%[sd]|{\w*(?:[!:][^}]*)?}")

Message = tuple[str | None, str]


def complaints() -> list[str]:
    """Return one line per missing, unfinished or broken message."""
    known = {
        (entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(CATALOGUE)) if not entry.obsolete
    }
    found = [f"not in the catalogue: {_shown(key)}" for key in sorted(used() - set(known), key=str)]
    same = set(SAME_WORDS.read_text(encoding="utf-8").splitlines())
    for key, entry in known.items():
        found += [f"{what}: {_shown(key)}" for what in _faults(entry, same)]
    return found


def _faults(entry: polib.POEntry, same: set[str]) -> Iterator[str]:
    translations = [entry.msgstr] if not entry.msgid_plural else list(entry.msgstr_plural.values())
    if entry.fuzzy:
        yield "fuzzy"
    if not translations or not all(text.strip() for text in translations):
        yield "not translated"
    elif entry.msgid in translations and entry.msgid not in same and _has_words(entry.msgid):
        yield "Dutch equals English"
    wanted = [_placeholders(text) for text in (entry.msgid, entry.msgid_plural) if text]
    if any(_placeholders(text) not in wanted for text in translations if text):
        yield "other placeholders"


def _has_words(text: str) -> bool:
    return bool(re.search(r"[^\W\d_]{2}", PLACEHOLDER.sub("", text)))


def _placeholders(text: str) -> Counter[str]:
    return Counter(set(PLACEHOLDER.findall(text.replace("%%", ""))))


def _shown(key: Message) -> str:
    context, text = key
    return repr(text) + (f" in {context!r}" if context else "")


def used() -> set[Message]:
    """Return every message that source and templates name, as xgettext finds them."""
    from django.utils.translation.template import templatize

    with tempfile.TemporaryDirectory() as folder:
        paths = [str(sources.ROOT / path) for path in sources.python(migrations=True)]
        for number, template in enumerate(sources.templates()):
            copy = Path(folder) / f"{number}.py"
            copy.write_text(templatize(sources.read(template), origin=str(template)), encoding="utf-8")
            paths.append(str(copy))
        command = ["xgettext", "--language=Python", "--from-code=UTF-8", "--output=-", "--files-from=-"]
        command += [f"--keyword={keyword}" for keyword in KEYWORDS]
        done = subprocess.run(command, input="\n".join(paths), capture_output=True, text=True, check=True)
    return {(entry.msgctxt, entry.msgid) for entry in polib.pofile(done.stdout)}


def main() -> int:
    """Print what is wrong."""
    os.environ.setdefault("PORTAL_MODE", "test")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    found = complaints()
    sys.stderr.writelines(line + "\n" for line in found)
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
