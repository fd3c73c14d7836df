"""What a manager is told about an enrolment, word for word."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.utils.translation import override

from catalog.models import ManagerNotice, Session
from portal import clock
from portal.interface.moments import day
from portal.interface.money import money

ANSWER_TERM = timedelta(days=14)


def answer_by(session: Session, now: datetime) -> datetime:
    """Return until when a manager who is asked now can answer: two weeks, never beyond the start."""
    return min(now + ANSWER_TERM, session.starts_at)


def exact_message(notice: ManagerNotice, session: Session, *, name: str, language: str) -> str:
    """Return the message to the manager in a language, with everything filled in; "" when there is none."""
    template = str(getattr(notice, f"message_{language}") or "")
    if not template:
        return ""
    offering = session.offering
    with override(language):
        values = {
            "name": name,
            "title": getattr(offering, f"title_{language}"),
            "date": day(session.starts_at),
            "start": day(session.starts_at),
            "end": day(_last_day(session)),
            "hours": f"{offering.hours:g}",
            "cost": money(offering.cost_eur).lstrip("€\N{NO-BREAK SPACE} "),
            "deadline": day(answer_by(session, clock.now())),
            "host_unit": getattr(offering.provider, f"label_{language}"),
        }
    # An amount does not break after its sign.
    return template.replace("€ ", "€\N{NO-BREAK SPACE}").format_map(defaultdict(str, values))


def _last_day(session: Session) -> datetime:
    ends = [session.ends_at, *(meeting.ends_at for meeting in session.meetings.all())]
    return max(ends)
