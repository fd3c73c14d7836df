"""Conversations: planned from free times, never two at once, counted, cancelled, missed; calendars follow."""

import re
import threading
from datetime import timedelta

import icalendar
import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from advisors.queries.freetimes import Planning, Span
from advisors.services import availability, records
from portal import clock
from portal.delivery.attachment import Attachment
from portal.delivery.models import Mail
from portal.privacy.viewer import viewing
from tests.factories import advisors, people, trajectories
from trajectories import services
from trajectories.enums import TalkState
from trajectories.errors import Blocked, Taken, TrajectoryError
from trajectories.forms.planning import stamp
from trajectories.models import Conversation
from trajectories.queries import planning
from trajectories.services.booking import one_at_a_time

HOUR = timedelta(hours=1)


@pytest.fixture
def told(db):
    return trajectories.walk()


def free(told, by=None):
    with clock.frozen(told.moment), viewing(by or told.participant):
        return planning.agenda(told.trajectory).free()


def plan(told, actor, span, **more):
    with told.acting(actor, days=0):
        return services.plan_conversation(
            actor=actor, trajectory=told.trajectory, starts_at=span.starts_at, ends_at=span.ends_at, **more
        )


def second(told, **given):
    """Another participant with the same advisor, at the same moment."""
    given.setdefault("participant", people.employee("Joris Bakker"))
    other = trajectories.story(
        advisor=told.advisor, coordinator=told.coordinator, moment=told.moment - timedelta(days=12), **given
    )
    trajectories.advance(other, "in_progress")
    other.moment = told.moment
    return other


def test_participant_plans_at_a_free_time_only(told):
    """C5, D7: the participant chooses from the advisor's free times."""
    span = free(told)[0]
    with pytest.raises(Taken):
        plan(told, told.participant, Span(span.starts_at + timedelta(minutes=15), span.ends_at))
    talk = plan(told, told.participant, span)
    assert (talk.starts_at, talk.advisor) == (span.starts_at, told.advisor.user)


def test_what_one_takes_is_gone_for_the_other_who_sees_no_more_than_that(told):
    other = second(told)
    span = free(told)[0]
    plan(told, told.participant, span)
    assert span not in free(other)
    with pytest.raises(Taken) as refusal:
        plan(other, other.advisor.user, span)
    assert "net bezet" in refusal.value.sentences[0]
    with viewing(other.participant):
        assert not Conversation.objects.filter(advisor=told.advisor.user, state="planned").exists()


def test_an_advisor_as_participant_elsewhere_is_taken_too(told):
    """One person, two roles: the time counts for the person."""
    helper = advisors.advisor("Joost Ander")
    people.appointment(told.advisor.user)
    given = {"advisor": helper, "coordinator": told.coordinator, "moment": told.moment}
    own = trajectories.walk(participant=told.advisor.user, **given)
    told.moment = own.moment
    span = free(own)[0]
    plan(own, helper.user, span)
    with pytest.raises(Taken):
        plan(told, told.advisor.user, span)


def test_moving_keeps_the_advisor_and_frees_the_old_time(told):
    first, later = free(told)[0], free(told)[4]
    talk = plan(told, told.participant, first)
    with told.acting(told.participant, days=0) as actor:
        moved = services.move_conversation(
            actor=actor, talk=talk, starts_at=later.starts_at, ends_at=later.ends_at
        )
    assert (moved.advisor_id, moved.sequence) == (told.advisor.user_id, 1)
    assert first in free(told)
    assert later not in free(told)


def test_absence_and_hours_are_respected(told):
    day = free(told)[0].day
    with told.acting(told.advisor.user, days=0) as actor:
        records.report_absence(actor=actor, advisor=told.advisor, starts_on=day, ends_on=day)
    assert free(told)[0].day > day
    with told.acting(told.advisor.user, days=0) as actor:
        rules = {"talk_minutes": 45, "pause_minutes": 0, "talks_per_day": 1}
        hours = Planning().hours[:1]
        availability.set_hours(actor=actor, advisor=told.advisor, hours=hours, **rules)
    assert {span.day.weekday() for span in free(told)} == {0}
    assert {span.ends_at - span.starts_at for span in free(told)} == {timedelta(minutes=45)}


def test_over_the_agreed_number_the_advisor_gives_a_reason(told):
    """D7: conversations count against the agreed number."""
    spans = free(told)
    for span in spans[: trajectories.TERMS["talks"]]:
        plan(told, told.advisor.user, span)
    with pytest.raises(Blocked, match="Vraag uw adviseur"):
        plan(told, told.participant, spans[9])
    with pytest.raises(Blocked, match="4 gesprekken"):
        plan(told, told.advisor.user, spans[9], extra_reason=" ")
    talk = plan(told, told.advisor.user, spans[9], extra_reason="Een sollicitatie kwam ertussen.")
    with viewing(told.participant):
        assert planning.count(told.trajectory) == planning.Count(agreed=4, held=0, used=5)
        assert Conversation.objects.get(pk=talk.pk).extra_reason == "Een sollicitatie kwam ertussen."


@pytest.mark.parametrize(("before", "late"), [(25 * HOUR, False), (23 * HOUR, True)])
def test_cancelling_shortly_before_is_late(told, before, late):
    talk = plan(told, told.participant, free(told)[0])
    told.moment = talk.starts_at - before
    with told.acting(told.participant, days=0) as actor:
        assert talk.is_late_now == late
        row = services.cancel_conversation(actor=actor, talk=talk)
        assert (row.state, row.was_cancelled_late, row.cancelled_by) == ("cancelled", late, actor)
        assert planning.count(told.trajectory).used == 0


def test_what_was_still_to_come_is_called_off_when_it_stops(told):
    """Closing with open conversations is refused; stopping early frees their times and both calendars."""
    span = free(told)[0]
    talk = plan(told, told.participant, span)
    with told.acting(told.advisor.user, days=0) as actor, pytest.raises(Blocked, match="gesprekken open"):
        services.start_closing(actor=actor, trajectory=told.trajectory)
    told.end("stopped_early")
    with viewing(told.participant):
        row = Conversation.objects.get(pk=talk.pk)
        assert (row.state, row.sequence) == ("cancelled", 1)
        assert Mail.objects.filter(
            key=f"conversation:{talk.reference}:1:{told.participant.reference}"
        ).exists()
        assert planning.taken([told.participant.pk], span.starts_at, span.ends_at)[told.participant.pk] == []


def test_nobody_came(told):
    talk = plan(told, told.participant, free(told)[0])
    with told.acting(told.advisor.user, days=0) as actor, pytest.raises(TrajectoryError):
        services.record_absence(actor=actor, talk=talk)
    told.moment = talk.ends_at
    with told.acting(told.advisor.user, days=0) as actor:
        row = services.record_absence(actor=actor, talk=talk)
        assert (row.state, planning.count(told.trajectory).used) == (TalkState.MISSED, 0)


def test_the_calendar_is_read_by_another_program(told):
    """D7, K2: same UID, a higher sequence, a neutral title; cancelled at the end. Read back from the mail."""
    spans = free(told)
    talk = plan(told, told.participant, spans[0], place="Kamer 3")
    with told.acting(told.participant, days=0) as actor:
        times = {"starts_at": spans[7].starts_at, "ends_at": spans[7].ends_at}
        talk = services.move_conversation(actor=actor, talk=talk, **times)
        services.cancel_conversation(actor=actor, talk=talk)
    with viewing(told.participant):
        rows = Mail.objects.filter(recipient=told.participant, key__contains=talk.reference).order_by("key")
        files = [
            icalendar.Calendar.from_ical(Attachment.from_json(row.attachments[0]).content) for row in rows
        ]
    events = [event for file in files for event in file.walk("VEVENT")]
    assert [str(file["method"]) for file in files] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [int(str(event["sequence"])) for event in events] == [0, 1, 2]
    assert len({str(event["uid"]) for event in events}) == 1
    assert [event.decoded("dtstart") for event in events] == [spans[number].starts_at for number in (0, 7, 7)]
    assert {str(event["summary"]) for event in events} == {f"Afspraak met {told.advisor.user.full_name}"}
    assert {str(event["organizer"]) for event in events} == {f"mailto:{told.advisor.user.email}"}
    assert str(events[-1]["status"]) == "CANCELLED"


def page(told, name, *more):
    return reverse(f"trajectories:{name}", args=[told.trajectory.reference, *more])


def test_outside_the_hours_the_advisor_is_asked_first(client, told):
    sunday = told.moment.date() + timedelta(days=6 - told.moment.weekday() + 7)
    data = {"day": sunday.isoformat(), "starts": "20:00", "kind": "talk", "mode": "online", "place": "Thuis"}
    with clock.frozen(told.moment):
        client.force_login(told.advisor.user)
        answer = client.post(page(told, "plan_talk"), data)
        text = answer.content.decode()
        assert answer.status_code == 422
        assert "Dit valt buiten uw werktijden." in text
        assert 'type="checkbox" name="anyway"' in text
        assert "Thuis" in text
        assert client.post(page(told, "plan_talk"), data | {"anyway": "on"}).status_code == 302
    with viewing(told.participant):
        talk = told.trajectory.conversations.get(state="planned")
    assert (talk.ends_at - talk.starts_at, talk.place) == (HOUR, "Thuis")


def test_who_comes_second_is_told_and_keeps_what_was_typed(client, told):
    other = second(told)
    span = free(told)[0]
    data = {"slot": stamp(span), "kind": "talk", "mode": "online", "place": "https://video.example/kamer"}
    plan(told, told.participant, span)
    with clock.frozen(told.moment):
        client.force_login(other.participant)
        answer = client.post(page(other, "plan_talk"), data)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Dit moment is net bezet geraakt." in text
    assert "https://video.example/kamer" in text
    assert stamp(span) not in re.findall(r'name="slot"[^>]*value="([^"]*)"', text)


@pytest.mark.parametrize("slot", ["", "x", "other", "20260230T0900Z", "19990101T0900Z", "9" * 40])
def test_odd_choices_come_back(client, told, slot):
    for person in (told.participant, told.advisor.user):
        client.force_login(person)
        answer = client.post(page(told, "plan_talk"), {"slot": slot, "kind": "talk", "mode": "online"})
        assert answer.status_code == 422


def test_talks_page_shows_number_and_what_became_of_each(client, told):
    told.talk()
    span = free(told)[0]
    talk = plan(told, told.participant, span)
    with told.acting(told.participant, days=0) as actor:
        services.cancel_conversation(actor=actor, talk=talk)
    for person in (told.participant, told.advisor.user):
        client.force_login(person)
        text = client.get(page(told, "talks")).content.decode()
        assert "1 van 4 gevoerd." in text
        assert "Afgezegd" in text


def test_pages_ask_the_database_a_fixed_number_of_questions(client, told):
    client.force_login(told.participant)
    counts = []
    for planned in (1, 2):
        for span in free(told)[:planned]:
            plan(told, told.participant, span)
        for name in ("talks", "plan_talk"):
            client.get(page(told, name))
            with CaptureQueriesContext(connection) as found:
                assert client.get(page(told, name)).status_code == 200
            counts.append(len(found))
    assert counts[:2] == counts[2:]


def test_recording_goes_on_to_planning_the_next_one_on_request(client, told):
    """D6: one button records and leads to the free times."""
    talk = plan(told, told.advisor.user, free(told)[0])
    client.force_login(told.advisor.user)
    with clock.frozen(talk.ends_at):
        typed = {"agreed": "Twee mensen bellen.", "held_on": talk.starts_at.date(), "next": "yes"}
        there = client.post(page(told, "record_talk", talk.reference), typed)
        assert there.headers["Location"] == page(told, "plan_talk")
        late = client.post(page(told, "record_talk", talk.reference), typed)
    assert (late.status_code, ">yes<" in late.content.decode()) == (409, False)


def test_whoever_has_to_prepare_finds_where(client, told):
    plan(told, told.advisor.user, free(told)[0])
    client.force_login(told.participant)
    there = page(told, "notebook", "shared")
    for address in (page(told, "page"), reverse("home")):
        with clock.frozen(told.moment):
            html = client.get(address).content.decode()
        assert "Bereid het volgende gesprek voor" in html
        assert there in html


def test_record_page_offers_that_nobody_came(client, told):
    talk = plan(told, told.participant, free(told)[0])
    with clock.frozen(talk.ends_at + HOUR):
        client.force_login(told.advisor.user)
        waiting = client.get(page(told, "record_waiting"))
        assert waiting.headers["Location"] == page(told, "record_talk", talk.reference)
        assert client.post(waiting.headers["Location"], {"absent": "yes"}).status_code == 302
        assert client.post(waiting.headers["Location"], {"absent": "yes"}).status_code == 409
    with viewing(told.participant):
        assert Conversation.objects.get(pk=talk.pk).state == "missed"


def test_two_at_the_same_time_get_one_appointment(committed):
    """C5: under real concurrent transactions one of several wins, the others are told."""
    first = trajectories.walk()
    stories = [first, *(second(first, participant=people.employee(f"Deelnemer {n}")) for n in range(3))]
    span = free(first)[0]
    start, outcomes = threading.Barrier(len(stories)), []

    def take(told):
        try:
            start.wait()
            plan(told, told.advisor.user, span)
            outcomes.append("in")
        except Taken:
            outcomes.append("taken")
        except DatabaseError as error:  # a deadlock would show here
            outcomes.append(repr(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=take, args=[each]) for each in stories]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["in", "taken", "taken", "taken"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=some.lists(
        some.tuples(some.booleans(), some.integers(0, 16), some.integers(1, 8)), min_size=2, max_size=6
    )
)
def test_database_refuses_exactly_what_overlaps(told, rows):
    """C5: whatever is planned, in whatever order, no two planned conversations of a person overlap."""
    start = told.moment + timedelta(days=3)
    quarter = timedelta(minutes=15)
    kept: list[Span] = []
    with transaction.atomic():
        for planned, at, length in rows:
            span = Span(start + at * quarter, start + (at + length) * quarter)
            state = TalkState.PLANNED if planned else TalkState.CANCELLED
            clashes = planned and any(span.meets(other) for other in kept)
            try:
                with viewing(told.advisor.user), one_at_a_time():
                    Conversation.objects.create(
                        trajectory=told.trajectory,
                        advisor=told.advisor.user,
                        state=state,
                        starts_at=span.starts_at,
                        ends_at=span.ends_at,
                    )
            except Taken:
                assert clashes
                continue
            assert not clashes
            kept += [span] * planned
        transaction.set_rollback(True)
