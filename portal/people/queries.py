"""Questions about people and roles."""

from collections.abc import Collection
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from portal import clock
from portal.organisation import queries as organisation
from portal.organisation.models import Faculty
from portal.people.enums import Role
from portal.people.models import RoleGrant, User

Viewer = User | AnonymousUser | None


def in_force(on: date | None = None) -> Q:
    """Return the filter for role grants that count on that day."""
    day = on or clock.today()
    term = Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))
    return term & Q(is_confirmed=True, user__is_active=True)


def standing(on: date | None = None) -> Q:
    """Return the filter for role grants that are not over: in force, to come, or waiting for confirmation."""
    day = on or clock.today()
    return Q(ended_at__isnull=True) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def standing_grants() -> QuerySet[RoleGrant]:
    """Return the grants that are not over, proposals first."""
    rows = RoleGrant.objects.filter(standing()).select_related(
        "user", "faculty", "granted_by", "confirmed_by"
    )
    return rows.order_by("is_confirmed", "user__surname", "user__given_name", "role", "pk")


def grants_of(user: Viewer) -> list[RoleGrant]:
    """Return someone's grants in force, read once per user object."""
    if not isinstance(user, User):
        return []
    cached = getattr(user, "_grants_in_force", None)
    if cached is None:
        cached = list(RoleGrant.objects.filter(in_force(), user=user).select_related("faculty"))
        user._grants_in_force = cached  # type: ignore[attr-defined]
    return list(cached)


def roles_of(user: Viewer) -> frozenset[Role]:
    """Return the roles someone holds today."""
    return frozenset(Role(grant.role) for grant in grants_of(user))


def has_role(user: Viewer, role: Role, faculty: Faculty | None = None) -> bool:
    """Tell whether someone holds a role; with a faculty: for that faculty, or for all."""
    held = [grant for grant in grants_of(user) if grant.role == role]
    if faculty is None:
        return bool(held)
    return any(grant.faculty_id in (None, faculty.pk) for grant in held)


def is_central(user: Viewer, role: Role) -> bool:
    """Tell whether someone holds a role for the whole university."""
    return any(grant.role == role and grant.faculty_id is None for grant in grants_of(user))


def faculties_of(user: Viewer, role: Role) -> QuerySet[Faculty]:
    """Return the faculties for which someone holds a role (all, when not scoped)."""
    if is_central(user, role):
        return Faculty.objects.all()
    keys = [grant.faculty_id for grant in grants_of(user) if grant.role == role and grant.faculty_id]
    return Faculty.objects.filter(pk__in=keys)


def by_address(address: str) -> User | None:
    """Return the person with this e-mail address and a running account."""
    return User.objects.filter(email__iexact=address.strip(), is_active=True).first()


def holders(role: Role) -> QuerySet[User]:
    """Return the people who hold a role today."""
    keys = RoleGrant.objects.filter(in_force(), role=role).values("user")
    return User.objects.filter(pk__in=keys)


def holding_role(role: Role, users: Collection[int], on: date) -> frozenset[int]:
    """Return which of these people (by key) hold a role on that day."""
    rows = RoleGrant.objects.filter(in_force(on), role=role, user__in=users)
    return frozenset(rows.values_list("user_id", flat=True))


def is_manager(user: Viewer) -> bool:
    """Tell whether someone manages others, read once per user object."""
    if not isinstance(user, User):
        return False
    if not hasattr(user, "_is_manager"):
        user._is_manager = organisation.is_manager(user.pk)  # type: ignore[attr-defined]
    return bool(user._is_manager)  # type: ignore[attr-defined]


def managers(user: User) -> QuerySet[User]:
    """Return the people to whom this user reports."""
    return User.objects.filter(pk__in=organisation.managers_of(user.pk))


def has_second_step(user: User) -> bool:
    """Tell whether somebody confirms signing in with a second step."""
    from allauth.mfa.utils import is_mfa_enabled

    return bool(is_mfa_enabled(user))
