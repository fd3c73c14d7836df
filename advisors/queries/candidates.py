"""Which advisors can take a case, and why."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Prefetch, QuerySet

from advisors.enums import SpokenLanguage
from advisors.models import Advisor, Certificate, QuestionType
from advisors.queries import matching
from advisors.queries.availability import first_free
from advisors.queries.freetimes import Span
from advisors.queries.load import current_load
from advisors.queries.matching import Profile, Reason, Wish
from portal.organisation import queries as organisation
from portal.people.enums import Role
from portal.people.models import User
from portal.people.queries import holding_role

# Stands for anybody: no row has this key.
NOBODY = 0


@dataclass(frozen=True)
class Candidate:
    """One advisor beside one wish: what speaks for it, what to know, what stands in the way."""

    advisor: Advisor
    reasons: tuple[Reason, ...]
    warnings: tuple[Reason, ...]
    blockers: tuple[Reason, ...]
    load: int
    free: int
    next_free: Span | None = None

    @property
    def can_take_case(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.blockers


def advisors() -> QuerySet[Advisor]:
    """Return all advisors with everything that a match reads, in a fixed number of queries."""
    rows = Advisor.objects.select_related("user", "provider")
    with_scheme = Certificate.objects.select_related("scheme")
    return rows.prefetch_related(
        "languages", "question_types", Prefetch("certificates", with_scheme), "absences", "hours"
    )


def advisor_of(user: User) -> Advisor | None:
    """Return somebody's own record as an advisor."""
    return advisors().filter(user=user).first()


def by_reference(reference: str) -> Advisor | None:
    """Return the advisor with that reference."""
    return advisors().filter(reference=reference).first()


def question_types(keys: Collection[str] | None = None) -> QuerySet[QuestionType]:
    """Return the types of question that can be chosen, or those with the given keys."""
    if keys is None:
        return QuestionType.objects.filter(is_active=True)
    return QuestionType.objects.filter(key__in=keys)


def candidates(
    *,
    participant: User | None,
    question_types: Collection[str],
    language: str,
    on: date,
    load: Mapping[int, int] | None = None,
    among: Collection[int] | None = None,
) -> list[Candidate]:
    """Return every advisor, the best fit first, with plain reasons and blockers, for one person or for anybody.

    `question_types` are keys, `language` a code ("nl", "en", ...; empty asks nothing), `load` the running
    cases by advisor key (asked from the floor above when not given), `among` keys of advisors to look at.
    The same input gives the same order.
    """
    rows = list(advisors() if among is None else advisors().filter(pk__in=among))
    wish = Wish(
        question_types=frozenset(question_types),
        language=language,
        language_label=SpokenLanguage(language).label if language in SpokenLanguage.values else language,
        on=on,
    )
    counted = current_load([row.pk for row in rows]) if load is None else load
    profiles = _profiles(rows, participant, on, counted)
    by_key = {row.pk: row for row in rows}
    return [
        Candidate(
            advisor=by_key[who.key],
            reasons=matching.reasons(who, wish),
            warnings=matching.warnings(who, wish),
            blockers=matching.blockers(who, wish),
            load=who.load,
            free=who.free,
        )
        for who in matching.order(profiles, wish)
    ]


def with_next_free(rows: Iterable[Candidate]) -> list[Candidate]:
    """Add to each advisor who can take a case the first time that is free."""
    found = list(rows)
    spans = first_free(each.advisor for each in found if each.can_take_case)
    return [replace(each, next_free=next(iter(spans.get(each.advisor.pk, ())), None)) for each in found]


def _profiles(
    rows: list[Advisor], participant: User | None, on: date, load: Mapping[int, int]
) -> list[Profile]:
    person = participant.pk if participant else NOBODY
    people = {row.user_id for row in rows} | {person}
    departments = organisation.departments_of(people, on)
    faculties = organisation.faculties_of(people, on)
    in_line = organisation.in_line_with(person, people - {person}, on)
    holding = holding_role(Role.ADVISOR, people, on)
    return [
        Profile(
            key=row.pk,
            name=f"{row.user.surname} {row.user.given_name}",
            is_active=row.is_active and row.user.is_active and row.user_id in holding,
            levels={spoken.code: spoken.level for spoken in row.languages.all()},
            question_labels={kind.key: kind.label for kind in row.question_types.all()},
            maximum_caseload=row.maximum_caseload,
            load=load.get(row.pk, 0),
            certified_until=max((held.valid_until for held in row.certificates.all()), default=None),
            absences=tuple((away.starts_on, away.ends_on) for away in row.absences.all()),
            provider=row.provider.name if row.provider else "",
            contract_ends_on=row.provider.contract_ends_on if row.provider else None,
            is_participant=row.user_id == person,
            shares_department=bool(departments[row.user_id] & departments[person]),
            shares_line=row.user_id in in_line,
            shares_faculty=bool(faculties[row.user_id] & faculties[person]),
        )
        for row in rows
    ]
