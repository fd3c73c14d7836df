"""What somebody could break: each guard of the table, and rules that stand in services or in the database."""

import sys
from collections.abc import Callable
from typing import Any
from unittest.mock import MagicMock

import pytest
from django.db import connection

from evaluations.services import invitations
from portal import clock
from tests.factories.database import as_owner
from trajectories import emails
from trajectories.enums import ActorKind, TalkState
from trajectories.services import closing, handing_over, moving, talking
from trajectories.workflow import GUARDS

Fault = Callable[[pytest.MonkeyPatch], None]


def _always(_facts: Any) -> bool:
    return True


# Guards that others hold up as well (defence in depth): alone nobody notices that they are gone. Without an advisor
# nobody may take the case either, and no date can be set, because a talk has an advisor.
ALSO_HELD_BY = {"advisor_assigned": ("advisor_may_take_cases", "intake_date_set")}


def without(*keys: str) -> Fault:
    """Return the fault in which these guards always hold."""

    def fault(patch: pytest.MonkeyPatch) -> None:
        for key in keys:
            patch.setitem(GUARDS, key, _always)

    return fault


def _everywhere(patch: pytest.MonkeyPatch, old: Any, new: Any) -> None:
    """Replace a function in every module that imported it."""
    known: str = old.__name__
    for name, module in list(sys.modules.items()):
        if name.startswith("trajectories.") and vars(module).get(known) is old:
            patch.setattr(module, known, new)


def old_pages_count(patch: pytest.MonkeyPatch) -> None:
    """Nobody looks at the version of the page."""
    lock = moving.lock
    _everywhere(patch, lock, lambda actor, case, version=None: lock(actor, case))


def anybody_is_the_advisor(patch: pytest.MonkeyPatch) -> None:
    """A participant may do what is the advisor's."""
    kind_of = moving.kind_of

    def wrong(actor: Any, case: Any) -> ActorKind:
        kind = kind_of(actor, case)
        return ActorKind.ADVISOR if kind == ActorKind.PARTICIPANT else kind

    _everywhere(patch, kind_of, wrong)


def appointments_stay(patch: pytest.MonkeyPatch) -> None:
    """What was planned stays planned in a case that is over."""
    patch.setattr(moving, "call_off_coming", lambda case, by: None)


def surveys_stay(patch: pytest.MonkeyPatch) -> None:
    """The follow-up of a case that was opened again stays due."""
    patch.setattr(invitations, "_withdraw", lambda trajectory, **which: None)


def views_of_before_count(patch: pytest.MonkeyPatch) -> None:
    """Opening again does not ask for views anew."""
    patch.setattr(moving, "_start_anew", lambda case, source: None)


def nobody_waits_for_the_participant(patch: pytest.MonkeyPatch) -> None:
    """An advisor may close alone at once."""
    patch.setattr(closing, "closes_alone_on", lambda case: clock.today())


def agreed_number_is_open(patch: pytest.MonkeyPatch) -> None:
    """Talks beyond the agreed number need no reason."""
    patch.setattr(talking, "check_number", lambda side, case, reason: None)


def talks_are_held_beforehand(patch: pytest.MonkeyPatch) -> None:
    """A talk can be recorded before its day."""

    def hold(talk: Any, _on: Any) -> None:
        talk.state = TalkState.HELD
        talk.save()

    patch.setattr(talking, "hold", hold)


def called_off_talks_count(patch: pytest.MonkeyPatch) -> None:
    """A talk that was called off counts for the agreed number."""

    def call_off(talk: Any, *, by: Any) -> None:
        talk.state = TalkState.HELD
        talk.save()

    patch.setattr(talking, "call_off", call_off)


def people_are_told_twice(patch: pytest.MonkeyPatch) -> None:
    """Each message is sent twice, under two keys."""
    tell = emails.tell

    def twice(case: Any, to: Any, key: str, *words: Any, **page: Any) -> None:
        tell(case, to, key, *words, **page)
        tell(case, to, f"{key}-again", *words, **page)

    patch.setattr(emails, "tell", twice)


def what_was_agreed_is_lost(patch: pytest.MonkeyPatch) -> None:
    """Recording a talk keeps no note."""
    patch.setattr(talking, "NotebookEntry", MagicMock())


def coordinators_need_no_cause(patch: pytest.MonkeyPatch) -> None:
    """A case can be handed over though nobody asked."""
    patch.setattr(handing_over, "cause_of", lambda actor, case: "asked")


def nobody_changes(patch: pytest.MonkeyPatch) -> None:
    """Handing over leaves the advisor who was there."""
    patch.setattr(handing_over, "_switch", lambda actor, case, row: case)


def _leak(table: str) -> Fault:
    def fault(_patch: pytest.MonkeyPatch) -> None:
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(f"create policy leak on {table} for select using (true)")

    return fault


def reading_back_needs_nobody(_patch: pytest.MonkeyPatch) -> None:
    """A next advisor reads the notes of before without being let."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("create policy leak on trajectories_notebookentry for select using (kind = 'shared')")


# Each fault, and the starts from which it is near.
SIGNING = ("proposed", "one signed", "with a payer", "payer waits")
RATING = ("closing", "participant rated", "advisor rated")
CLOSED = ("closed", "closed for 30 days", "closed for 31 days")
FAULTS: dict[str, tuple[Fault, tuple[str, ...]]] = {
    **{
        key: (without(key, *ALSO_HELD_BY.get(key, ())), starts)
        for key, starts in {
            "request_has_question": ("without question",),
            "route_and_frame_known": ("without frame",),
            "advisor_assigned": ("unassigned",),
            "advisor_may_take_cases": ("lapsed",),
            "intake_date_set": ("assigned",),
            "intake_aspects_handled": ("intake planned",),
            "confidentiality_explained": ("intake planned",),
            "client_points_agreed": ("aligned, point open", "referred"),
            "agreement_complete": ("intake done", "aligned"),
            "agreement_signed_by_both": SIGNING,
            "payer_signed": SIGNING,
            "no_open_conversations": ("ready, open talk",),
            "required_components_done": ("ready, component open",),
            "final_interview_held": ("ready, no final talk",),
            "results_rated_by_both": ("participant rated", "advisor rated"),
            "reason_given": ("ready", "paused"),
            "within_reopening_term": CLOSED,
            "follow_up_answered_or_expired": CLOSED,
            "participant_agrees": CLOSED,
        }.items()
    },
    **{
        fault.__name__: (fault, starts)
        for fault, starts in {
            old_pages_count: ("begun", "ready"),
            anybody_is_the_advisor: ("begun", "assigned"),
            appointments_stay: ("ready, open talk",),
            surveys_stay: ("closed, surveys planned",),
            views_of_before_count: (*RATING, *CLOSED),
            nobody_waits_for_the_participant: ("silent, not for long", "advisor rated"),
            agreed_number_is_open: ("ready, all talks planned",),
            talks_are_held_beforehand: ("begun", "ready, open talk"),
            called_off_talks_count: ("begun", "ready, open talk"),
            people_are_told_twice: ("begun",),
            what_was_agreed_is_lost: ("ready, talk to record",),
            coordinators_need_no_cause: ("begun",),
            nobody_changes: ("begun",),
            reading_back_needs_nobody: ("begun", "ready"),
        }.items()
    },
    "everybody sees the case": (_leak("trajectories_trajectory"), ("unassigned", "stopped", *CLOSED)),
    "everybody sees notes": (_leak("trajectories_notebookentry"), ("begun",)),
    "everybody sees views": (_leak("trajectories_rating"), RATING),
    "everybody sees unplanned results": (_leak("trajectories_intendedresult"), RATING),
}
