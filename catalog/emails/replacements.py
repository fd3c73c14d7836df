"""Letters about going in a colleague's place."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, override

from catalog.emails.calendar import calendar_files
from catalog.emails.enrolments import send_manager_cancellation
from catalog.emails.letter import facts, send
from catalog.models import Enrolment, Replacement
from portal.delivery.outbox import queue_mail
from portal.interface.moments import moment, until, weekday
from portal.people.models import User
from portal.people.queries import managers


def question(enrolment: Enrolment, *, name: str, language: str) -> str:
    """Return what the colleague reads, word for word; the page shows it before it is sent."""
    session = enrolment.session
    with override(language):
        said = gettext('%(name)s can\'t come to "%(title)s" (%(when)s) and asks if you want to go instead.')
        when = f"{weekday(session.starts_at)}, {until(session.starts_at, session.ends_at)}"
        title = str(session.title or session.offering.title)
        return said % {"name": name, "title": title, "when": when}


def send_question(asked: Replacement) -> None:
    """Ask the colleague."""
    text = question(asked.enrolment, name=asked.participant.full_name, language=asked.colleague.language)
    with override(asked.colleague.language):
        context = {
            "message": text,
            "answer_by": moment(asked.answer_by),
            "url": settings.BASE_URL + reverse("catalog:replacement", args=[asked.reference]),
        }
    _queue(asked, asked.colleague, "replacement_asked", context)


def send_withdrawn(asked: Replacement) -> None:
    """Tell the colleague that no answer is needed any more."""
    with override(asked.colleague.language):
        context = {"holder": asked.participant.full_name, **facts(asked.session)}
    _queue(asked, asked.colleague, "replacement_withdrawn", context)


def send_taken(asked: Replacement, given: Enrolment) -> None:
    """Tell the holder, and a manager who knew of it, that the colleague goes; the calendar entries are withdrawn."""
    with override(asked.participant.language):
        files = calendar_files(given, "CANCEL")
    send(given, "replacement_taken", files=files, colleague=asked.colleague.full_name)
    if given.is_manager_told:
        send_manager_cancellation(given, managers(asked.participant))


def send_declined(asked: Replacement) -> None:
    """Tell the holder that the place is still theirs."""
    _to_holder(asked, "replacement_declined")


def send_lapsed(asked: Replacement) -> None:
    """Tell the holder that nothing was heard, and that the place is still theirs."""
    _to_holder(asked, "replacement_lapsed")


def _to_holder(asked: Replacement, template: str) -> None:
    with override(asked.participant.language):
        context = {"colleague": asked.colleague.full_name, **facts(asked.session)}
    _queue(asked, asked.participant, template, context)


def _queue(asked: Replacement, to: User, template: str, context: dict[str, str]) -> None:
    key = f"replacement-{asked.reference}-{template}"
    neutral = not asked.enrolment.notice.is_list_shown
    queue_mail(key=key, to=to, template=f"catalog/{template}", context=context, neutral=neutral)
