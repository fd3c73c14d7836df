"""Keeping the records of advisors: registering, certificates, absence."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from advisors.enums import Kind, Level
from advisors.errors import NotAllowedError, NumberTakenError
from advisors.models import (
    Absence,
    Advisor,
    AdvisorLanguage,
    Certificate,
    CertificateScheme,
    Provider,
    QuestionType,
)
from advisors.permissions import may_keep_records
from portal.people.models import User


def _require_keeper(actor: User) -> None:
    if not may_keep_records(actor):
        raise NotAllowedError


@transaction.atomic
def register(
    *,
    actor: User,
    user: User,
    languages: Mapping[str, Level],
    question_types: Iterable[QuestionType],
    maximum_caseload: int,
    provider: Provider | None = None,
    **about: Any,
) -> Advisor:
    """Register somebody as an advisor; with a provider: as an external one.

    `about` takes approach_nl/en, profile_nl/en and is_test_qualified. Raises AdvisorError.
    """
    _require_keeper(actor)
    advisor = Advisor(
        user=user,
        kind=Kind.EXTERNAL if provider else Kind.INTERNAL,
        provider=provider,
        maximum_caseload=maximum_caseload,
        **about,
    )
    advisor.full_clean()
    advisor.save()
    AdvisorLanguage.objects.bulk_create(
        AdvisorLanguage(advisor=advisor, code=code, level=level) for code, level in languages.items()
    )
    advisor.question_types.set(question_types)
    return advisor


@transaction.atomic
def record_certificate(
    *, actor: User, advisor: Advisor, scheme: CertificateScheme, number: str, valid_until: date
) -> Certificate:
    """Record a registration, or its renewal under the same number. Raises AdvisorError."""
    _require_keeper(actor)
    known = Certificate.objects.select_for_update().filter(scheme=scheme, number=number).first()
    if known and known.advisor_id != advisor.pk:
        raise NumberTakenError
    certificate = known or Certificate(advisor=advisor, scheme=scheme, number=number)
    certificate.valid_until = valid_until
    certificate.full_clean()
    certificate.save()
    return certificate


@transaction.atomic
def report_absence(*, actor: User, advisor: Advisor, starts_on: date, ends_on: date) -> Absence:
    """Record a period without conversations; the advisor may do so too. Raises AdvisorError."""
    if actor.pk != advisor.user_id:
        _require_keeper(actor)
    absence = Absence(advisor=advisor, starts_on=starts_on, ends_on=ends_on)
    absence.full_clean()
    absence.save()
    return absence
