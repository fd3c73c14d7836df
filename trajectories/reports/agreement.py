"""The agreement on paper: one accessible PDF with every heading in both languages."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.documents import pdf
from portal.interface.moments import day
from portal.interface.money import money
from trajectories.enums import Payer
from trajectories.enums.words import items
from trajectories.models import Agreement

Words = str | Promise
PAID: dict[str, Words] = {
    Payer.CENTRAL: _("paid from the central budget"),
    Payer.DEPARTMENT: _("paid by the department"),
    Payer.PARTICIPANT: _("paid by the participant"),
}


@dataclass(frozen=True)
class Point:
    """One point of the agreement: heading and text in the language of the paper, and what differs in the other."""

    heading: str
    other_heading: str
    text: str
    other_text: str


def paper(agreement: Agreement, language: str) -> bytes:
    """Return the PDF in one language, with the other language beside each heading. For the worker."""
    other = "en" if language == "nl" else "nl"
    points = [_point(heading, tell, agreement, language, other) for heading, tell in POINTS]
    context = {
        "agreement": agreement,
        "case": agreement.trajectory,
        "points": points,
        "other": other,
        "signatures": list(agreement.signatures.select_related("user")),
    }
    return pdf.render("pdf/trajectories/agreement.html", context, language, other=other)


def _point(
    heading: Words, tell: Callable[[Agreement], str], agreement: Agreement, language: str, other: str
) -> Point:
    with translation.override(other):
        there, theirs = str(heading), tell(agreement)
    with translation.override(language):
        here, ours = str(heading), tell(agreement)
    return Point(here, there, ours, theirs if theirs != ours else "")


def _planning(agreement: Agreement) -> str:
    talks = agreement.talks or 0
    text = ngettext(
        "From %(start)s to %(end)s, %(number)s conversation",
        "From %(start)s to %(end)s, %(number)s conversations",
        talks,
    )
    return text % {"start": day(agreement.starts_on), "end": day(agreement.ends_on), "number": talks}


def _cost(agreement: Agreement) -> str:
    paid = f"{money(agreement.cost)}, {PAID.get(agreement.payer, '')}"
    return f"{paid}. {agreement.payment}" if agreement.payment else paid


def _guidance(agreement: Agreement) -> str:
    kind = items("intake", "collaboration_contract", "guidance_types").get(agreement.guidance_type)
    return str(kind.label) if kind else ""


def _results(agreement: Agreement) -> str:
    return "\n".join(result.text for result in agreement.results.all())


POINTS: tuple[tuple[Words, Callable[[Agreement], str]], ...] = (
    (_("Question and goal"), lambda a: a.question_and_goal),
    (_("Possible results"), lambda a: a.expected_results),
    (_("Intended results"), _results),
    (_("Way of working"), lambda a: a.way_of_working),
    (_("Time plan"), _planning),
    (_("Reporting to others"), lambda a: a.reporting_and_feedback),
    (_("Costs and payment"), _cost),
    (_("What the participant puts in"), lambda a: a.participant_input),
    (_("What the advisor puts in"), lambda a: a.advisor_input),
    (_("Type of guidance"), _guidance),
    (_("Replacement in case of illness"), lambda a: a.replacement),
)
