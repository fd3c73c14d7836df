"""Who fits: plain reasons and blockers over data, without the database.

Decision 4: the same department or the same reporting line blocks a match, always; the same faculty
warns, and the participant may waive it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from advisors.enums import Level

LEVEL_NEEDED = Level.B2

SENTENCES: dict[str, Any] = {
    "speaks": _("Speaks %(language)s (%(level)s)."),
    "knows_question": _("Often works with your question: %(labels)s."),
    "has_room": ngettext_lazy("Has room for one more person.", "Has room for %(free)d more people.", "free"),
    "from_outside": _("Works at %(provider)s, outside the university."),
    "same_faculty": _("Works in the same faculty as you."),
    "language": _("Doesn't speak %(language)s well enough for a whole trajectory."),
    "question_type": _("Doesn't work with this type of question."),
    "capacity": _("Has no room at the moment."),
    "same_department": _("Works in the same department as you."),
    "reporting_line": _("Is in the same reporting line as you."),
    "certificate": _("The registration as a career professional has lapsed."),
    "absent": _("Is away in this period."),
    "contract": _("The contract with the provider has ended."),
    "inactive": _("Takes no new cases."),
    "oneself": _("Nobody guides themselves."),
}
# The same about the participant, for whoever finds an advisor for somebody else.
ABOUT: dict[str, Any] = {
    "knows_question": _("Often works with this question: %(labels)s."),
    "same_faculty": _("Works in the same faculty as the participant."),
    "same_department": _("Works in the same department as the participant."),
    "reporting_line": _("Is in the same reporting line as the participant."),
}


@dataclass(frozen=True)
class Reason:
    """One plain sentence, kept as a code with its words so that it reads in either language."""

    code: str
    words: dict[str, Any] = field(default_factory=dict, hash=False)

    @property
    def text(self) -> str:
        """The sentence in the language of the moment."""
        return str(SENTENCES[self.code] % self.words)

    @property
    def about(self) -> str:
        """The sentence for somebody else than the participant."""
        return str(ABOUT.get(self.code, SENTENCES[self.code]) % self.words)


@dataclass(frozen=True)
class Wish:
    """What a participant looks for; an empty part asks nothing."""

    question_types: frozenset[str] = frozenset()
    language: str = ""
    language_label: Any = ""
    on: date = date.max


@dataclass(frozen=True)
class Profile:
    """What is known of one advisor on the day of the wish, seen from the participant."""

    key: int
    name: str
    is_active: bool = True
    levels: dict[str, int] = field(default_factory=dict, hash=False)
    question_labels: dict[str, str] = field(default_factory=dict, hash=False)
    maximum_caseload: int = 1
    load: int = 0
    certified_until: date | None = None
    absences: tuple[tuple[date, date], ...] = ()
    provider: str = ""
    contract_ends_on: date | None = None
    is_participant: bool = False
    shares_department: bool = False
    shares_line: bool = False
    shares_faculty: bool = False

    @property
    def free(self) -> int:
        """How many more people this advisor can guide."""
        return max(self.maximum_caseload - self.load, 0)


def _level_too_low(who: Profile, wish: Wish) -> bool:
    return bool(wish.language) and who.levels.get(wish.language, 0) < LEVEL_NEEDED


def _knows_none(who: Profile, wish: Wish) -> bool:
    return bool(wish.question_types) and not wish.question_types & who.question_labels.keys()


def _contract_over(who: Profile, wish: Wish) -> bool:
    return who.contract_ends_on is not None and who.contract_ends_on < wish.on


Test = Callable[[Profile, Wish], bool]
BLOCKERS: tuple[tuple[str, Test], ...] = (
    ("oneself", lambda who, _wish: who.is_participant),
    ("inactive", lambda who, _wish: not who.is_active),
    ("same_department", lambda who, _wish: who.shares_department),
    ("reporting_line", lambda who, _wish: who.shares_line),
    ("language", _level_too_low),
    ("question_type", _knows_none),
    ("capacity", lambda who, _wish: who.free == 0),
    ("certificate", lambda who, wish: who.certified_until is None or who.certified_until < wish.on),
    ("absent", lambda who, wish: any(start <= wish.on <= end for start, end in who.absences)),
    ("contract", _contract_over),
)
WARNINGS: tuple[tuple[str, Test], ...] = (("same_faculty", lambda who, _wish: who.shares_faculty),)


def blockers(who: Profile, wish: Wish) -> tuple[Reason, ...]:
    """Return why this advisor can't take the case; empty when nothing stands in the way."""
    words = {"language": wish.language_label}
    return tuple(Reason(code, words) for code, holds in BLOCKERS if holds(who, wish))


def warnings(who: Profile, wish: Wish) -> tuple[Reason, ...]:
    """Return what the participant should know and may waive."""
    return tuple(Reason(code) for code, holds in WARNINGS if holds(who, wish))


def reasons(who: Profile, wish: Wish) -> tuple[Reason, ...]:
    """Return what speaks for this advisor."""
    found = []
    known = [who.question_labels[key] for key in sorted(wish.question_types & who.question_labels.keys())]
    if known:
        found.append(Reason("knows_question", {"labels": "; ".join(known)}))
    if wish.language and not _level_too_low(who, wish):
        level = Level(who.levels[wish.language]).label
        found.append(Reason("speaks", {"language": wish.language_label, "level": level}))
    if who.free:
        found.append(Reason("has_room", {"free": who.free}))
    if who.provider:
        found.append(Reason("from_outside", {"provider": who.provider}))
    return tuple(found)


def order(profiles: Iterable[Profile], wish: Wish) -> list[Profile]:
    """Sort the best fit first: free to take the case, no warning, more of the question, lighter load."""

    def rank(who: Profile) -> tuple[Any, ...]:
        return (
            bool(blockers(who, wish)),
            len(warnings(who, wish)),
            -len(wish.question_types & who.question_labels.keys()),
            Fraction(who.load, max(who.maximum_caseload, 1)),
            who.name.casefold(),
            who.key,
        )

    return sorted(profiles, key=rank)
