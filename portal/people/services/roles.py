"""Giving and ending roles: nobody for themselves, and two people for a role that opens dossiers."""

from datetime import date

from django.db import transaction

from portal import clock
from portal.organisation.models import Faculty
from portal.people.enums import DOSSIER_ROLES, SCOPED_ROLES, Role
from portal.people.errors import (
    AlreadyHeldError,
    LastAdministratorError,
    NotAdministratorError,
    NotOpenError,
    OwnRoleError,
    ScopeError,
    SecondPersonError,
    TermError,
)
from portal.people.models import RoleGrant, User
from portal.people.queries import has_role, holders, standing


def _require_administrator(actor: User) -> None:
    if not has_role(actor, Role.ADMINISTRATOR):
        raise NotAdministratorError


@transaction.atomic
def grant(
    *, actor: User, user: User, role: Role, faculty: Faculty | None = None, ends_on: date | None = None
) -> RoleGrant:
    """Give somebody a role from today until and including `ends_on`; raises RoleError.

    A role that opens dossiers is only proposed: it counts once another administrator confirms it.
    """
    _require_administrator(actor)
    if actor.pk == user.pk:
        raise OwnRoleError
    if faculty is not None and role not in SCOPED_ROLES:
        raise ScopeError
    if ends_on is not None and ends_on < clock.today():
        raise TermError
    User.objects.select_for_update().get(pk=user.pk)
    if RoleGrant.objects.filter(standing(), user=user, role=role, faculty=faculty).exists():
        raise AlreadyHeldError
    return RoleGrant.objects.create(
        user=user,
        role=role,
        faculty=faculty,
        starts_on=clock.today(),
        ends_on=ends_on,
        granted_by=actor,
        is_confirmed=role not in DOSSIER_ROLES,
    )


def _open_grant(reference: str) -> RoleGrant:
    grant_ = RoleGrant.objects.select_for_update().filter(standing(), reference=reference).first()
    if grant_ is None:
        raise NotOpenError
    return grant_


@transaction.atomic
def confirm(*, actor: User, reference: str) -> RoleGrant:
    """Confirm a proposed role as the second person; raises RoleError."""
    _require_administrator(actor)
    proposal = _open_grant(reference)
    if proposal.is_confirmed:
        raise NotOpenError
    if proposal.user_id == actor.pk:
        raise OwnRoleError
    if proposal.granted_by_id == actor.pk:
        raise SecondPersonError
    proposal.is_confirmed = True
    proposal.confirmed_by = actor
    proposal.save(update_fields=["is_confirmed", "confirmed_by"])
    return proposal


@transaction.atomic
def end(*, actor: User, reference: str) -> RoleGrant:
    """End a role, or refuse a proposal, at once; raises RoleError."""
    _require_administrator(actor)
    held = _open_grant(reference)
    if held.role == Role.ADMINISTRATOR and not holders(Role.ADMINISTRATOR).exclude(pk=held.user_id).exists():
        raise LastAdministratorError
    held.is_confirmed = False
    held.ended_at = clock.now()
    held.ended_by = actor
    held.save(update_fields=["is_confirmed", "ended_at", "ended_by"])
    return held


@transaction.atomic
def first_administrator(*, email: str, given_name: str, surname: str) -> User:
    """Make the first administrator of a new portal, without a password; refused when there is one.

    The only role that nobody grants: it is made from the server's own shell. Raises AlreadyHeldError.
    """
    if holders(Role.ADMINISTRATOR).exists():
        raise AlreadyHeldError
    found = User.objects.filter(email=email.lower()).first()
    user = found or User.objects.create_user(email, given_name=given_name, surname=surname)
    RoleGrant.objects.create(user=user, role=Role.ADMINISTRATOR, starts_on=clock.today())
    return user
