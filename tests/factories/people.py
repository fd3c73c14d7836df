"""People, units, appointments and roles for tests. Each call makes a new, distinct row."""

from datetime import date
from itertools import count
from typing import Any

from portal import clock
from portal.organisation.enums import Contract, StaffGroup
from portal.organisation.models import Appointment, Department, Faculty
from portal.people.enums import Role
from portal.people.models import RoleGrant, User

PASSWORD = "a-long-test-password"
_number = count(1)


def user(name: str = "Samira el Idrissi", *, password: str | None = None, **fields: Any) -> User:
    """Make a person; the words between the first and the last one are the prefix."""
    given, *prefix, surname = name.split()
    fields.setdefault("email", f"person{next(_number)}@universiteit.example")
    fields.setdefault("language", "nl")
    return User.objects.create_user(
        password=password,
        given_name=given,
        surname_prefix=" ".join(prefix),
        surname=surname,
        **fields,
    )


def faculty(code: str = "SCI", **fields: Any) -> Faculty:
    """Return the faculty of that code, made when it is not there."""
    names = {"name_nl": f"Faculteit {code}", "name_en": f"Faculty {code}", **fields}
    return Faculty.objects.get_or_create(code=code, defaults=names)[0]


def department(of: Faculty | None = None, **fields: Any) -> Department:
    """Make a department of that faculty (default SCI)."""
    number = next(_number)
    fields.setdefault("code", f"department-{number}")
    fields.setdefault("name_nl", f"Afdeling {number}")
    fields.setdefault("name_en", f"Department {number}")
    return Department.objects.create(faculty=of or faculty(), **fields)


def appointment(person: User | None = None, **fields: Any) -> Appointment:
    """Give somebody an appointment that runs: in a new department, without manager, unless told."""
    fields.setdefault("starts_on", date(2020, 1, 1))
    fields.setdefault("staff_group", StaffGroup.SUPPORT)
    fields.setdefault("contract", Contract.PERMANENT)
    fields.setdefault("function_title_nl", "Beleidsmedewerker")
    fields.setdefault("function_title_en", "Policy officer")
    if "department" not in fields:
        fields["department"] = department(fields.pop("faculty", None))
    return Appointment.objects.create(user=person or user(), **fields)


def employee(name: str = "Samira el Idrissi", *, code: str = "SCI", **fields: Any) -> User:
    """Make a person with an appointment at that faculty; `manager=` names the manager."""
    own = {key: fields.pop(key) for key in ("manager", "department", "contract") if key in fields}
    person = user(name, **fields)
    appointment(person, **({"faculty": faculty(code)} if "department" not in own else {}), **own)
    return person


def managed(person: User, name: str = "Hanneke Bos") -> User:
    """Give somebody who has an appointment a manager; return that one."""
    manager = employee(name)
    Appointment.objects.filter(user=person).update(manager=manager)
    return manager


def role(person: User, held: Role, *, of: Faculty | None = None, **fields: Any) -> RoleGrant:
    """Give somebody a role in force, as if an administrator had done so long ago."""
    fields.setdefault("starts_on", min(date(2020, 1, 1), clock.today()))
    vars(person).pop("_grants_in_force", None)
    return RoleGrant.objects.create(user=person, role=held, faculty=of, **fields)


def holder(held: Role, name: str = "Mirjam de Wit", *, of: Faculty | None = None, **fields: Any) -> User:
    """Make a person who holds that role."""
    person = user(name, **fields)
    role(person, held, of=of)
    return person
