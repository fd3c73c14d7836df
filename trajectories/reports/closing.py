"""The closing on paper: how both look back, side by side, in both languages."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.documents import pdf
from portal.people.models import User
from trajectories.enums.words import items
from trajectories.models import Trajectory
from trajectories.queries import closing as queries
from trajectories.queries.planning import count
from trajectories.reports.bilingual import Both, both, other

HEADINGS = {
    "title": _("How you look back"),
    "results": _("Results"),
    "participant": _("Participant"),
    "advisor": _("Advisor"),
    "unplanned": _("not planned"),
    "stands": _("Where the participant stands now"),
    "discussion": _("What you said about it"),
}


@dataclass(frozen=True)
class Line:
    """One result with what both think of it."""

    text: str
    is_unplanned: bool
    participant: Both | None
    advisor: Both | None


def paper(case: Trajectory, reader: User, language: str) -> bytes:
    """Return the PDF as its reader, one of the two, may read the closing. For the worker."""
    words = items("trajectory", "closing", "result_ratings")
    rows = [
        Line(
            row.result.text,
            row.result.is_unplanned,
            *(
                both(words[view.value].label, language) if view else None
                for view in (row.participant, row.advisor)
            ),
        )
        for row in queries.side_by_side(case)
    ]
    context = {
        "case": case,
        "other": other(language),
        "words": {key: both(heading, language) for key, heading in HEADINGS.items()},
        "rows": rows,
        "talks": count(case).held,
        "outcomes": _outcomes(case, reader, language),
        "answers": _answers(case, reader, language),
    }
    return pdf.render("pdf/trajectories/closing.html", context, language)


def _outcomes(case: Trajectory, reader: User, language: str) -> list[Both]:
    row = queries.outcome(reader, case)
    words = items("trajectory", "closing", "mobility_outcomes")
    return [both(words[key].label, language) for key in (row.main, *row.others)] if row else []


def _answers(case: Trajectory, reader: User, language: str) -> list[tuple[Both, Any]]:
    rows = queries.discussion(reader, case)
    questions = items("trajectory", "closing", "discussion_questions")
    return [(both(item.label, language), rows[key]) for key, item in questions.items() if key in rows]
