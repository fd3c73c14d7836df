"""The intake: planned by the participant from the advisor's free times too, and anew when nobody came."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from portal import clock
from portal.delivery.models import Mail
from portal.privacy.viewer import viewing
from tests.factories import advisors, people, trajectories
from tests.factories.database import as_owner
from tests.trajectories.pagetext import words
from trajectories import services
from trajectories.enums import ActorKind
from trajectories.errors import NoSuchMove, Taken, TrajectoryError
from trajectories.forms.planning import stamp
from trajectories.models import Conversation
from trajectories.queries import planning
from trajectories.queries.cases import dossier_with_standing
from trajectories.queries.standing import standing

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def told():
    """A request with an advisor, made today."""
    return trajectories.advance(trajectories.story(moment=clock.now()), "assigned")


def free(told):
    with viewing(told.participant):
        return planning.agenda(told.trajectory).free()


def plan(told, person, starts_at, ends_at):
    with viewing(person):
        times = {"starts_at": starts_at, "ends_at": ends_at}
        return services.plan_intake(actor=person, trajectory=told.trajectory, **times)


def intake(told):
    with viewing(told.participant):
        return Conversation.objects.select_related("trajectory").filter(kind="intake").latest("pk")


def missed(told):
    """The intake was planned, and nobody came."""
    slot = free(told)[0]
    plan(told, told.participant, slot.starts_at, slot.ends_at)
    with clock.frozen(slot.ends_at), viewing(told.advisor.user):
        services.record_absence(actor=told.advisor.user, talk=intake(told))
    return slot


def test_participant_plans_at_a_free_time_only(told):
    slot = free(told)[3]
    with pytest.raises(Taken):
        plan(told, told.participant, slot.starts_at + timedelta(minutes=7), slot.ends_at)
    assert told.trajectory.status == "requested"
    plan(told, told.participant, slot.starts_at, slot.ends_at)
    assert (told.trajectory.status, told.trajectory.intake_at) == ("intake_planned", slot.starts_at)
    with as_owner():
        both = {told.participant, told.advisor.user}
        assert {mail.recipient for mail in Mail.objects.filter(key__contains=intake(told).reference)} == both


def test_page_offers_the_free_times_and_nothing_to_type(client, told):
    client.force_login(told.participant)
    url = reverse("trajectories:plan_intake", args=[told.trajectory.reference])
    page = client.get(url)
    assert "Mirjam de Wit, op een moment dat u past" in words(page)
    assert 'name="day"' not in page.content.decode()
    slot = free(told)[0]
    typed = {"slot": stamp(slot), "mode": "online", "version": told.trajectory.version}
    assert client.post(url, {**typed, "slot": stamp(slot)}).status_code == 302
    assert intake(told).mode == "online"
    assert client.post(url, typed).status_code == 409


def test_time_that_was_taken_meanwhile_comes_back_with_what_was_chosen(client, told):
    slot = free(told)[0]
    other = trajectories.story(participant=people.employee("Joris Bakker"), moment=clock.now())
    other.advisor = told.advisor
    trajectories.advance(other, "assigned")
    plan(other, told.advisor.user, slot.starts_at, slot.ends_at)
    client.force_login(told.participant)
    url = reverse("trajectories:plan_intake", args=[told.trajectory.reference])
    page = client.post(url, {"slot": stamp(slot), "mode": "online", "place": "Tuin"})
    assert page.status_code == 422
    assert "Dit moment is net bezet" in words(page)
    assert "Tuin" in page.content.decode()


def test_both_read_that_the_intake_may_be_planned(told):
    for person, kind in ((told.participant, ActorKind.PARTICIPANT), (told.advisor.user, ActorKind.ADVISOR)):
        with viewing(person):
            found = standing(dossier_with_standing(person, told.trajectory.reference), kind)
        assert (found.turn, found.page) == (kind, "plan_intake")


def test_without_an_advisor_there_is_nothing_to_plan(client):
    told = trajectories.walk("requested")
    client.force_login(told.participant)
    url = reverse("trajectories:plan_intake", args=[told.trajectory.reference])
    assert (client.get(url).status_code, client.post(url, {"slot": "x"}).status_code) == (409, 409)


def test_advisor_who_may_take_nobody_is_not_planned_with(told):
    slot = free(told)[0]
    told.advisor.certificates.update(valid_until=clock.today() - timedelta(days=1))
    with pytest.raises(TrajectoryError, match="geen nieuwe trajecten"):
        plan(told, told.participant, slot.starts_at, slot.ends_at)


def test_nobody_came_is_recorded_and_either_plans_anew(told):
    slot = missed(told)
    assert intake(told).state == "missed"
    assert (told.trajectory.status, told.trajectory.intake_at) == ("intake_planned", None)
    with as_owner():
        letter = Mail.objects.get(key__contains=f"missed-{intake(told).reference}")
    assert letter.recipient == told.participant
    later = next(span for span in free(told) if span.starts_at > slot.ends_at)
    plan(told, told.participant, later.starts_at, later.ends_at)
    assert (intake(told).state, told.trajectory.intake_at) == ("planned", later.starts_at)
    with pytest.raises(NoSuchMove):
        plan(told, told.participant, later.starts_at + 24 * HOUR, later.ends_at + 24 * HOUR)
    assert told.trajectory.intake_at == later.starts_at


def test_pages_say_that_there_is_no_date_and_speak_to_the_one_who_reads(client, told):
    missed(told)
    client.force_login(told.participant)
    page = words(client.get(reverse("trajectories:page", args=[told.trajectory.reference])))
    assert "Waar u bent Voor de intake is nog geen datum" in page
    assert "Intake gepland" not in page
    form = reverse("trajectories:plan_intake", args=[told.trajectory.reference])
    assert "In uw eigen woorden" in words(client.get(form))
    client.force_login(told.advisor.user)
    assert "In de eigen woorden van de deelnemer" in words(client.get(form))


def test_nobody_came_is_a_button_once_the_intake_should_have_begun(client, told):
    slot = free(told)[0]
    plan(told, told.participant, slot.starts_at, slot.ends_at)
    client.force_login(told.advisor.user)
    url = reverse("trajectories:intake", args=[told.trajectory.reference])
    assert "Er kwam niemand" not in words(client.get(url))
    with viewing(told.advisor.user), pytest.raises(TrajectoryError, match="nog niet geweest"):
        services.record_absence(actor=told.advisor.user, talk=intake(told))
    with clock.frozen(slot.starts_at + HOUR):
        client.force_login(told.advisor.user)
        assert "Er kwam niemand" in words(client.get(url))
        assert client.post(url, {"absent": "yes"}).status_code == 302
        assert client.post(url, {"absent": "yes"}).status_code == 409
    assert intake(told).state == "missed"
    assert told.trajectory.status == "intake_planned"


def test_a_missed_intake_is_no_talk_that_was_held(told):
    missed(told)
    with viewing(told.participant):
        case: Any = dossier_with_standing(told.participant, told.trajectory.reference)
    assert (case.talks_held, planning.count(case).used) == (0, 0)


def test_advisor_who_is_away_offers_no_time(client):
    told = trajectories.story(advisor=advisors.advisor("Yara Koster"), moment=clock.now())
    trajectories.advance(told, "assigned")
    advisors.absence(told.advisor, clock.today(), clock.today() + timedelta(days=60))
    client.force_login(told.participant)
    url = reverse("trajectories:plan_intake", args=[told.trajectory.reference])
    assert "Geen vrije momenten" in words(client.get(url))
