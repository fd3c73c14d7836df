"""Letters of the catalogue, and its calendar files."""

from catalog.emails.calendar import calendar_feed

__all__ = ["calendar_feed"]
