"""Questions about advisors."""

from advisors.queries.availability import register_taken
from advisors.queries.candidates import (
    Candidate,
    advisor_of,
    advisors,
    by_reference,
    candidates,
    question_types,
    with_next_free,
)
from advisors.queries.leaving import gone
from advisors.queries.load import current_load, register_load
from advisors.queries.matching import Reason

__all__ = [
    "Candidate",
    "Reason",
    "advisor_of",
    "advisors",
    "by_reference",
    "candidates",
    "current_load",
    "gone",
    "question_types",
    "register_load",
    "register_taken",
    "with_next_free",
]
