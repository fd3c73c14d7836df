"""Who holds which role: each given by one administrator, and confirmed by a second where that is the rule."""

from datetime import timedelta

from portal.demo.sample.world import World
from portal.people.enums import DOSSIER_ROLES, Role
from portal.people.models import RoleGrant, User


def make(world: World) -> None:
    """Give the roles of the content files. The first two administrators stand by themselves."""
    rows = [row for row in world.words("people")["people"] if "role" in row]
    first, second = (_person(world, row["name"]) for row in rows if row["role"] == Role.ADMINISTRATOR)
    grants = [
        _grant(
            world, _person(world, row["name"]), Role(row["role"]), (first, second), row.get("role_faculty")
        )
        for row in rows
    ]
    RoleGrant.objects.bulk_create(grants)


def _person(world: World, name: str) -> User:
    return next(user for user in world.people.values() if user.full_name == name)


def _grant(world: World, user: User, role: Role, pair: tuple[User, User], faculty: str | None) -> RoleGrant:
    first, second = pair
    granted_by = None if role == Role.ADMINISTRATOR else first
    return RoleGrant(
        user=user,
        role=role,
        faculty=world.faculties[faculty] if faculty else None,
        starts_on=world.in_months(-12 * world.years - 12),
        granted_by=granted_by,
        confirmed_by=second if role in DOSSIER_ROLES else None,
    )


def make_advisor(world: World, user: User) -> RoleGrant:
    """Return the role of an advisor, given and confirmed by the two administrators."""
    admins = [
        person for person in world.people.values() if person.full_name in ("Ravi Soekhoe", "Karin Oudman")
    ]
    grant = _grant(world, user, Role.ADVISOR, (admins[0], admins[1]), None)
    grant.save()
    return grant


def end_of_advisors(world: World) -> None:
    """End the role of the advisors who have left the service: their cases need another one."""
    for row in world.words("advisors")["advisors"]:
        if days := row.get("role_ended_days_ago"):
            held = RoleGrant.objects.filter(user=_person(world, row["name"]), role=Role.ADVISOR)
            held.update(ends_on=world.today - timedelta(days=days))
