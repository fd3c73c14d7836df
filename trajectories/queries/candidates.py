"""Advisors beside one request, in plain sentences that can be kept in both languages."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from advisors import queries as advisors
from advisors.models import Advisor
from advisors.queries import Candidate, Reason
from portal import clock
from trajectories.models import Trajectory

Kept = dict[str, list[str]]


@dataclass(frozen=True)
class Match:
    """One advisor with what speaks for it, what to know and what stands in the way."""

    advisor: Advisor
    reasons: tuple[str, ...]
    warnings: tuple[str, ...]
    blockers: tuple[str, ...]
    kept: Kept

    @property
    def can_take_case(self) -> bool:
        """Tell whether nothing stands in the way."""
        return not self.blockers


def matches(trajectory: Trajectory, *, to_participant: bool = False) -> list[Match]:
    """Return every advisor beside this request, the best fit first; needs sight of the request.

    The sentences speak to whoever finds an advisor, or to the participant ("your question").
    """
    request = trajectory.request
    return beside(
        trajectory,
        request.question_types,
        wants_external=request.wants_external,
        to_participant=to_participant,
    )


def beside(
    trajectory: Trajectory,
    question_types: Collection[str],
    *,
    wants_external: bool,
    to_participant: bool = False,
    names_question: bool = True,
) -> list[Match]:
    """Return every advisor beside a case; without `names_question` no sentence tells what the question is."""
    found = advisors.candidates(
        participant=trajectory.participant,
        question_types=question_types,
        language=trajectory.language,
        on=clock.today(),
    )
    rows = [
        _match(candidate, to_participant=to_participant) if names_question else _discreet(candidate)
        for candidate in found
    ]
    if wants_external:
        rows.sort(key=lambda row: (not row.can_take_case, row.advisor.provider_id is None))
    return rows


def _discreet(candidate: Candidate) -> Match:
    """Say why, for a reader who may not know the question any more."""
    known = [reason for reason in candidate.reasons if reason.code == "knows_question"]
    rest = [reason for reason in candidate.reasons if reason not in known]
    kept = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            first = [_("Often works with questions like this one.")] * bool(known)
            kept[code] = first + [reason.text for reason in (*rest, *candidate.warnings)]
    return Match(
        advisor=candidate.advisor,
        reasons=(
            *([_("Often works with questions like this one.")] * bool(known)),
            *_texts(rest, to_participant=False),
        ),
        warnings=_texts(candidate.warnings, to_participant=False),
        blockers=_texts(candidate.blockers, to_participant=False),
        kept=kept,
    )


def _match(candidate: Candidate, *, to_participant: bool) -> Match:
    return Match(
        advisor=candidate.advisor,
        reasons=_texts(candidate.reasons, to_participant=to_participant),
        warnings=_texts(candidate.warnings, to_participant=to_participant),
        blockers=_texts(candidate.blockers, to_participant=to_participant),
        kept={
            code: _in(code, (*candidate.reasons, *candidate.warnings)) for code, _name in settings.LANGUAGES
        },
    )


def _texts(reasons: Iterable[Reason], *, to_participant: bool) -> tuple[str, ...]:
    return tuple(reason.text if to_participant else reason.about for reason in reasons)


def _in(language: str, reasons: Iterable[Reason]) -> list[str]:
    with translation.override(language):
        return [reason.text for reason in reasons]
