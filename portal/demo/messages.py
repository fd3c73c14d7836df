"""Compiles the message catalogues in Python, so that running the portal needs no gettext.

To be done before Django starts: it reads a catalogue once and keeps what it found.
"""

import os
from pathlib import Path


def compile_catalogues(folder: Path) -> int:
    """Write each catalogue that is newer than its compiled form; return how many."""
    written = 0
    for source in folder.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            import polib

            new = target.with_suffix(f".mo.{os.getpid()}")
            polib.pofile(str(source)).save_as_mofile(str(new))
            new.replace(target)
            written += 1
    return written
