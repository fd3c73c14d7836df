"""What can go wrong in delivery; every message is safe to log (no names, no content)."""


class LetterError(Exception):
    """A mail can't be made: no template, no subject, a missing value or no translation."""


class JobRefusedError(Exception):
    """A job can't succeed, however often it is tried; the text is a sentence for its viewer."""


class JobTimeoutError(Exception):
    """A job was not finished in the time a command was ready to wait."""
