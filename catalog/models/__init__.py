"""The catalogue's tables."""

from catalog.models.approval import Approval, Deputy
from catalog.models.bookmark import Bookmark
from catalog.models.enrolment import Enrolment
from catalog.models.intervention import (
    Intervention,
    InterventionDomain,
    InterventionFigure,
    InterventionGoal,
    InterventionPart,
    Reading,
)
from catalog.models.offering import Offering, OfferingPot
from catalog.models.reference import Audience, CareerFactor, Kind, ManagerNotice, Provider, Theme
from catalog.models.replacement import Replacement
from catalog.models.search import MissedSearch, SearchDocument, SearchPhrase, SearchTerm, SynonymGroup
from catalog.models.session import Meeting, Session
from catalog.models.version import OfferingVersion

__all__ = [
    "Approval",
    "Audience",
    "Bookmark",
    "CareerFactor",
    "Deputy",
    "Enrolment",
    "Intervention",
    "InterventionDomain",
    "InterventionFigure",
    "InterventionGoal",
    "InterventionPart",
    "Kind",
    "ManagerNotice",
    "Meeting",
    "MissedSearch",
    "Offering",
    "OfferingPot",
    "OfferingVersion",
    "Provider",
    "Reading",
    "Replacement",
    "SearchDocument",
    "SearchPhrase",
    "SearchTerm",
    "Session",
    "SynonymGroup",
    "Theme",
]
