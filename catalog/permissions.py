"""Who may see what of the catalogue. Enrolments are personal; everything else can be read by all."""

from typing import Any

from django.db.models import OuterRef, Q, QuerySet

from catalog import models
from catalog.enums import Answer
from catalog.models import (
    Approval,
    Bookmark,
    Deputy,
    Enrolment,
    ManagerNotice,
    Offering,
    Replacement,
    Session,
)
from portal.organisation.models import Appointment
from portal.people.enums import Role
from portal.people.queries import faculties_of, is_central
from portal.privacy import wall


def _organiser(viewer: Any) -> Q:
    """Editors see the names in what they edit, unless the participant was promised that nobody does."""
    listed = ManagerNotice.objects.filter(pk=OuterRef("notice_id"), is_list_shown=True)
    scope = Q(faculty__isnull=True) | Q(faculty_id=OuterRef("offering__faculty_id"))
    own = Session.objects.filter(wall.role(viewer, Role.EDITOR, scope), pk=OuterRef("session_id"))
    # The role alone comes first: it is asked once, not for each row.
    return wall.role(viewer, Role.EDITOR) & Q(wall.Some(own)) & Q(wall.Some(listed))


def _participant(viewer: Any) -> Q:
    return Q(participant_id=viewer)


def _owner(viewer: Any) -> Q:
    return Q(owner_id=viewer)


def _manager(viewer: Any) -> Q:
    return Q(manager_id=viewer)


def _deputy(viewer: Any) -> Q:
    """Whoever answers for the manager today: what is open, and what was answered in their own period."""
    rows = Deputy.objects.filter(starts_on__lte=wall.TODAY, ends_on__gte=wall.TODAY, deputy_id=viewer)
    rows = rows.filter(manager_id=OuterRef("manager_id"))
    since = Q(wall.Some(rows.filter(starts_on__lte=OuterRef("answered_at"))))
    return ((Q(answered_at__isnull=True) & Q(wall.Some(rows))) | since) & ~Q(participant_id=viewer)


def _asked(viewer: Any) -> Q:
    """Whoever was asked to approve this enrolment."""
    rows = Approval.objects.filter(_manager(viewer) | _deputy(viewer))
    return Q(wall.Some(rows.filter(enrolment_id=OuterRef("pk"))))


def _answers(viewer: Any) -> Q:
    """Whoever is asked about it now, or has just said yes or no."""
    rows = Approval.objects.filter(_manager(viewer) | _deputy(viewer), enrolment_id=OuterRef("pk"))
    return Q(wall.Some(rows.filter(answer__in=[Answer.ASKED, Answer.YES, Answer.NO])))


def _reports_to(viewer: Any) -> Q:
    """Whoever this manager manages: their requests go to the deputy as well."""
    running = Q(starts_on__lte=wall.TODAY) & (Q(ends_on__isnull=True) | Q(ends_on__gte=wall.TODAY))
    return Q(
        wall.Some(Appointment.objects.filter(running, user_id=viewer, manager_id=OuterRef("manager_id")))
    )


def _colleague(viewer: Any) -> Q:
    return Q(colleague_id=viewer)


def _handed(viewer: Any) -> Q:
    """Whoever is asked to go in this place: only a yes moves it, and it is their act."""
    rows = Replacement.objects.filter(_colleague(viewer), enrolment_id=OuterRef("pk"))
    return Q(wall.Some(rows.filter(answer=Answer.ASKED)))


ASKED = {"manager": _manager, "deputy": _deputy}
wall.protect(
    Enrolment,
    read={"participant": _participant, "organiser": _organiser, "asked": _asked, "colleague": _handed},
    insert={"participant": _participant},
    update={"participant": _participant, "asked": _answers, "colleague": _handed},
    delete={},
    # The queue moves on for everybody, so only the worker moves it.
    jobs={"worker": wall.everyone},
)
wall.protect(
    Approval,
    read={"participant": _participant, **ASKED},
    insert={"participant": _participant},
    update={"participant": _participant, **ASKED},
    delete={},
    jobs={"worker": wall.everyone},
)
wall.protect(
    Replacement,
    read={"participant": _participant, "colleague": _colleague},
    insert={"participant": _participant},
    update={"participant": _participant, "colleague": _colleague},
    delete={},
    jobs={"worker": wall.everyone},
)
wall.protect(Bookmark, read={"owner": _owner}, write={"owner": _owner})
wall.protect(
    Deputy,
    read={"manager": _manager, "deputy": lambda v: Q(deputy_id=v), "employee": _reports_to},
    write={"manager": _manager},
    jobs={"worker": wall.everyone},
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
    models.OfferingVersion,
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


def belonging_to(actor: Any) -> QuerySet[Enrolment]:
    """Return this person's own enrolments."""
    return wall.visible(Enrolment, actor, only="participant")


def editable_by(actor: Any) -> QuerySet[Offering]:
    """Return the offerings that this editor may change: all, or those of the own faculty."""
    if is_central(actor, Role.EDITOR):
        return Offering.objects.all()
    return Offering.objects.filter(faculty__in=faculties_of(actor, Role.EDITOR))
