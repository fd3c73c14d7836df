"""Compiles the message catalogues in Python, so that running the portal needs no gettext."""

from pathlib import Path

import polib


def compile_catalogues(folder: Path) -> int:
    """Write each catalogue that is newer than its compiled form; return how many."""
    written = 0
    for source in folder.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            new = target.with_suffix(".mo.new")
            polib.pofile(str(source)).save_as_mofile(str(new))
            new.replace(target)
            written += 1
    return written
