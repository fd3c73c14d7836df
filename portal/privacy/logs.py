"""Log lines without secrets: a long random word (the token of a link) never reaches the log."""

import logging
import re

SECRET = re.compile(r"[A-Za-z0-9_-]{40,}")
MARK = "[hidden]"


class Formatter(logging.Formatter):
    """Formats a line, its traceback included, and takes what looks like a token out of it."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line as it may be kept."""
        return SECRET.sub(MARK, super().format(record))
