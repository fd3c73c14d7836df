"""Who may do what: the relation tables of evaluations (house 4) and the acts of HR."""

from typing import Any

from django.db.models import OuterRef, Q

from evaluations.enums import ReleaseState, State
from evaluations.models import (
    Draft,
    Indicator,
    Invitation,
    Option,
    Question,
    Questionnaire,
    Release,
    ReleasedFigure,
    Response,
)
from portal.people.enums import Role
from portal.privacy import wall


def participant(viewer: Any) -> Q:
    """Return the condition for the person who was asked."""
    return Q(participant_id=viewer)


def holder(viewer: Any) -> Q:
    """Whoever holds one of the links that were mailed; no account is needed."""
    return Q(token_hashes__contains=[wall.TOKEN])


def over(viewer: Any) -> Q:
    """Return the condition for requests whose time has passed: the scan empties what was written."""
    return Q(state=State.EXPIRED)


def central_hr(viewer: Any) -> Q:
    """HR of the whole university."""
    return wall.role(viewer, Role.HR, Q(faculty__isnull=True))


def hr_of_faculty(viewer: Any) -> Q:
    """HR of the row's own faculty; the university's rows are for all of HR."""
    own = wall.role(viewer, Role.HR, Q(faculty_id=OuterRef("faculty_id")))
    return (own | (Q(faculty__isnull=True) & wall.role(viewer, Role.HR))) & given_out(viewer)


def given_out(viewer: Any) -> Q:
    """Rows of a release that has been given out."""
    released = Release.objects.filter(pk=OuterRef("release_id"), state=ReleaseState.RELEASED)
    return Q(wall.Some(released))


wall.public(Questionnaire, Question, Option, Indicator, figures=True)
PERSON = {"participant": participant}
LINK = {"holder": holder}
wall.protect(
    Invitation,
    read=PERSON | LINK,
    insert=PERSON,
    update=PERSON | LINK,
    delete={},
    jobs={"scan": wall.everyone},
)
wall.protect(
    Draft,
    read=wall.through_all("invitation", Invitation, PERSON | LINK),
    jobs={"over": wall.through("invitation", Invitation, over)},
)


def open_link(viewer: Any) -> Q:
    """Return the condition for a link to a survey that is still open; the sheet itself names nobody."""
    return Q(wall.Some(Invitation.objects.filter(holder(viewer), state=State.SENT)))


def nobody(viewer: Any) -> Q:
    """Return the condition that holds for no row."""
    return Q(pk__in=[])


# Nobody reads an answer sheet but the login that makes figures, and that only without texts.
wall.protect(
    Response,
    read={"nobody": nobody},
    insert={"holder": open_link},
    insert_only=True,
    figures=("id", "questionnaire", "faculty", "period", "is_short", "choices"),
)
CENTRAL = {"central_hr": central_hr}
wall.protect(
    Release,
    read=CENTRAL | {"hr": lambda v: wall.role(v, Role.HR) & Q(state=ReleaseState.RELEASED)},
    write=CENTRAL,
    delete={},
    jobs={"released": lambda v: Q(state=ReleaseState.RELEASED)},
)
wall.protect(
    ReleasedFigure,
    read=CENTRAL | {"hr": hr_of_faculty},
    insert=CENTRAL,
    update={},
    delete={},
    jobs={"released": given_out},
)
