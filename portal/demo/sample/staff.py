"""The people: those with a story, heads and directors, and the others made by dice."""

import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password

from portal.demo.accounts import DOMAIN, PASSWORD, address
from portal.demo.sample.world import World
from portal.organisation.enums import Contract, StaffGroup
from portal.organisation.models import Appointment
from portal.people.models import User


@dataclass
class Plan:
    """One person to make: the user, where they work and what they do there."""

    user: User
    department: str
    title: tuple[str, str]
    staff_group: str = StaffGroup.SUPPORT
    hours: float = 38.0
    ends_on: date | None = None
    is_head: bool = False
    is_director: bool = False


def split_name(name: str) -> dict[str, str]:
    """Part a full name into given name, prefix and surname."""
    given, *rest = name.split()
    prefix = [word for word in rest if word.islower()]
    return {
        "given_name": given,
        "surname_prefix": " ".join(prefix),
        "surname": " ".join(word for word in rest if not word.islower()),
    }


def mail_name(name: str) -> str:
    """Return a name as it stands in an address: `maria.joao.teles`."""
    plain = unicodedata.normalize("NFKD", name.replace("ı", "i")).encode("ascii", "ignore").decode()
    return ".".join(
        "".join(sign for sign in word if sign.isalnum() or sign == "-") for word in plain.lower().split()
    )


class Crowd:
    """Makes users with an address and an employee number that nobody else has."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.plans: list[Plan] = []
        self._taken: set[str] = set()
        self._hashed = make_password(PASSWORD)

    def user(self, name: str, *, account: str = "", language: str = "nl") -> User:
        """Return a new user, not saved; only demo accounts have a password."""
        return User(
            email=address(account) if account else self._address(mail_name(name)),
            language=language,
            employee_number=f"{100000 + len(self.plans) + 1}",
            password=self._hashed if account else make_password(None),
            **split_name(name),
        )

    def _address(self, base: str) -> str:
        number, found = 1, f"{base}@{DOMAIN}"
        while found in self._taken:
            number += 1
            found = f"{base}{number}@{DOMAIN}"
        self._taken.add(found)
        return found

    def add(self, user: User, department: str, title: Any, **more: Any) -> None:
        """Plan one person."""
        self.plans.append(Plan(user, department, (title[0], title[1]), **more))

    def dice_name(self) -> str:
        """Return a name by dice."""
        names, dice = self.world.words("people")["names"], self.world.dice
        if dice.random() < 0.15:
            return " ".join((dice.choice(names["given"]), *dice.choice(names["prefixed"])))
        return f"{dice.choice(names['given'])} {dice.choice(names['surname'])}"


def make(world: World) -> None:
    """Make the people and their appointments: as many as asked, and at least those with a story."""
    crowd = Crowd(world)
    _named(world, crowd)
    _advisors(world, crowd)
    _heads(world, crowd)
    _others(world, crowd)
    users = User.objects.bulk_create([plan.user for plan in crowd.plans])
    world.people = {user.email: user for user in users}
    world.staff = [(plan.user, world.departments[plan.department]) for plan in crowd.plans]
    Appointment.objects.bulk_create(_appointments(world, crowd.plans))


def _named(world: World, crowd: Crowd) -> None:
    for row in world.words("people")["people"]:
        months = row.get("ends_months_from_now")
        crowd.add(
            crowd.user(row["name"], account=row.get("account", ""), language=row["language"]),
            row["department"],
            (row["title_nl"], row["title_en"]),
            staff_group=row["staff_group"],
            hours=row["hours"],
            ends_on=world.in_months(months) if months else None,
            is_head=row.get("heads", False),
        )


def _advisors(world: World, crowd: Crowd) -> None:
    for row in world.words("advisors")["advisors"]:
        if "provider" not in row:
            user = crowd.user(row["name"], account=row.get("account", ""))
            crowd.add(
                user, _advisors_department(world, row["faculty"]), ("Loopbaanadviseur", "Career advisor")
            )


def _advisors_department(world: World, faculty: str) -> str:
    if faculty == "USV":
        return "career-development"
    own = [code for code, department in world.departments.items() if department.faculty.code == faculty]
    return next(code for code in own if code.startswith("hr-"))


def _heads(world: World, crowd: Crowd) -> None:
    headed = {plan.department for plan in crowd.plans if plan.is_head}
    functions = world.words("people")["functions"]
    for code, department in world.departments.items():
        if code not in headed:
            group = StaffGroup.ACADEMIC if world.kinds[code] == "academic" else StaffGroup.SUPPORT
            crowd.add(crowd.user(crowd.dice_name()), code, functions["head"], staff_group=group, is_head=True)
        if code == _seat(world, department.faculty.code):
            crowd.add(crowd.user(crowd.dice_name()), code, functions["director"], is_director=True)


def _seat(world: World, faculty: str) -> str:
    return next(code for code, department in world.departments.items() if department.faculty.code == faculty)


def _others(world: World, crowd: Crowd) -> None:
    rows = world.words("university")["faculties"]
    functions, dice = world.words("people")["functions"], world.dice
    while len(crowd.plans) < world.employees:
        row = dice.choices(rows, weights=[each["weight"] for each in rows])[0]
        part = dice.choice(row["departments"])
        academic = part["kind"] == "academic"
        title = dice.choice(functions["academic" if academic else "support"])
        temporary = title[1] in functions["temporary"] or dice.random() < 0.1
        crowd.add(
            crowd.user(crowd.dice_name(), language="en" if dice.random() < 0.2 else "nl"),
            part["code"],
            title,
            staff_group=StaffGroup.ACADEMIC if academic else StaffGroup.SUPPORT,
            hours=dice.choice((38.0, 38.0, 34.2, 30.4, 22.8)),
            ends_on=world.in_months(dice.randint(2, 30)) if temporary else None,
        )


def _appointments(world: World, plans: list[Plan]) -> list[Appointment]:
    heads = {plan.department: plan.user for plan in plans if plan.is_head}
    directors = {_faculty(world, plan): plan.user for plan in plans if plan.is_director}
    rows = []
    for plan in plans:
        above = directors[_faculty(world, plan)] if plan.is_head else heads[plan.department]
        began = world.today - timedelta(days=world.dice.randint(400, 6000))
        rows.append(
            Appointment(
                user=plan.user,
                department=world.departments[plan.department],
                manager=None if plan.is_director else above,
                function_title=plan.title[0],
                function_title_nl=plan.title[0],
                function_title_en=plan.title[1],
                staff_group=plan.staff_group,
                contract=Contract.TEMPORARY if plan.ends_on else Contract.PERMANENT,
                hours_per_week=plan.hours,
                starts_on=began,
                ends_on=plan.ends_on,
            )
        )
    return rows


def _faculty(world: World, plan: Plan) -> str:
    return world.departments[plan.department].faculty.code
