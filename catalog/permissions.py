"""Who may see what of the catalogue. Enrolments are personal; everything else can be read by all."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from catalog import models
from catalog.models import Enrolment, ManagerNotice
from portal.people.enums import Role
from portal.privacy import wall


def _organiser(viewer: Any) -> Q:
    """Editors see the list of names, unless the participant was promised that nobody does."""
    listed = ManagerNotice.objects.filter(pk=OuterRef("notice_id"), is_list_shown=True)
    return wall.role(viewer, Role.EDITOR) & Q(Exists(listed))


def _participant(viewer: Any) -> Q:
    return Q(participant_id=viewer)


wall.protect(
    Enrolment,
    read={"participant": _participant, "organiser": _organiser},
    write={"participant": _participant},
    delete={},
)
wall.public(
    models.Theme,
    models.Kind,
    models.Audience,
    models.CareerFactor,
    models.Provider,
    models.ManagerNotice,
    models.Offering,
    models.OfferingPot,
    models.Offering.audiences.through,
    models.Offering.career_factors.through,
    models.Offering.related.through,
    models.Session,
    models.Meeting,
    models.InterventionDomain,
    models.InterventionGoal,
    models.Intervention,
    models.Intervention.links.through,
    models.InterventionPart,
    models.InterventionFigure,
    models.Reading,
    models.SearchDocument,
    models.SearchPhrase,
    models.SearchTerm,
    models.SynonymGroup,
    models.MissedSearch,
    figures=False,
)


def visible_to(actor: Any) -> QuerySet[Enrolment]:
    """Return the enrolments this person may read."""
    return wall.visible(Enrolment, actor)
