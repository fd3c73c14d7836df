"""Advisors for tests. Needs no actor: the rows are made as they stand."""

from datetime import date
from itertools import count
from typing import Any

from advisors.enums import Kind, Level
from advisors.models import (
    Absence,
    Advisor,
    AdvisorLanguage,
    Certificate,
    CertificateScheme,
    Provider,
    QuestionType,
)
from portal.people.enums import Role
from portal.people.models import User
from tests.factories import people

_number = count(1)


def question_type(key: str = "other_role_inside") -> QuestionType:
    """Return a type of question; an unknown key is made."""
    labels = {"label_nl": f"Vraag {key}", "label_en": f"Question {key}", "effect": "preventive"}
    return QuestionType.objects.get_or_create(key=key, defaults=labels)[0]


def scheme(key: str = "noloc_rl") -> CertificateScheme:
    """Return a certification scheme; an unknown key is made."""
    names = {"name_nl": f"Register {key}", "name_en": f"Register of {key}"}
    return CertificateScheme.objects.get_or_create(key=key, defaults=names)[0]


def provider(**fields: Any) -> Provider:
    """Make an agency."""
    number = next(_number)
    return Provider.objects.create(**{"key": f"agency-{number}", "name": f"Bureau {number}", **fields})


def advisor(
    name: str = "Mirjam de Wit",
    *,
    person: User | None = None,
    languages: dict[str, Level] | None = None,
    questions: tuple[str, ...] = ("other_role_inside",),
    certified_until: date | None = date(2099, 12, 31),
    **fields: Any,
) -> Advisor:
    """Make an internal advisor with the role, Dutch and English, a certificate and room for ten people."""
    who = person or people.user(name)
    people.role(who, Role.ADVISOR)
    fields.setdefault("kind", Kind.EXTERNAL if fields.get("provider") else Kind.INTERNAL)
    made = Advisor.objects.create(user=who, **{"maximum_caseload": 10, **fields})
    spoken = {"nl": Level.NATIVE, "en": Level.C1} if languages is None else languages
    for code, level in spoken.items():
        AdvisorLanguage.objects.create(advisor=made, code=code, level=level)
    made.question_types.set([question_type(key) for key in questions])
    if certified_until:
        certificate(made, certified_until)
    return made


def external(name: str = "Hester Boelens", **fields: Any) -> Advisor:
    """Make an advisor of a provider."""
    return advisor(name, **{"provider": provider(), **fields})


def certificate(of: Advisor, until: date, *, key: str = "noloc_rl") -> Certificate:
    """Give an advisor a certificate."""
    number = f"RL-{next(_number):06}"
    return Certificate.objects.create(advisor=of, scheme=scheme(key), number=number, valid_until=until)


def absence(of: Advisor, starts_on: date, ends_on: date) -> Absence:
    """Let an advisor be away."""
    return Absence.objects.create(advisor=of, starts_on=starts_on, ends_on=ends_on)
