"""Figures that give nobody away. Pure: no Django, no clock, no database.

What stands here protects one table of counts with its total, and opinions on it. Names are those of
the full method (many tables, many releases), which can take its place without a change for callers.
"""

from portal.disclosure.counts import ProtectedCounts, protect_counts
from portal.disclosure.facts import base_band, fact_share
from portal.disclosure.opinions import ProtectedMeans, mean, protect_means, share
from portal.disclosure.rule import Rule
from portal.disclosure.shown import HIDDEN, Figure, Hidden, Shown

__all__ = [
    "HIDDEN",
    "Figure",
    "Hidden",
    "ProtectedCounts",
    "ProtectedMeans",
    "Rule",
    "Shown",
    "base_band",
    "fact_share",
    "mean",
    "protect_counts",
    "protect_means",
    "share",
]
