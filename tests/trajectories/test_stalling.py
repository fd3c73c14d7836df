"""Nothing planned for three weeks: a friendly message by one button, and a reminder for the advisor once."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from portal import clock
from portal.delivery.models import Job, Mail
from portal.privacy.viewer import viewing
from tests.factories import people, trajectories
from tests.factories.database import as_owner
from trajectories import services, tasks
from trajectories.enums.terms import term
from trajectories.enums.words import content
from trajectories.errors import Blocked, NotYours
from trajectories.models import Nudge
from trajectories.queries.stalling import desk_cases, quiet_days

pytestmark = pytest.mark.django_db
DAYS = 21


def days_quiet(told, at):
    with clock.frozen(at), viewing(told.advisor.user):
        return quiet_days(desk_cases(told.advisor.user).get(pk=told.trajectory.pk))


def since(told):
    with viewing(told.advisor.user):
        case: Any = desk_cases(told.advisor.user).get(pk=told.trajectory.pk)
        return case.quiet_since


def mails(person, word):
    with viewing(person):
        return [mail for mail in Mail.objects.filter(recipient=person) if word in mail.text]


def test_term_is_dated(monkeypatch):
    rows = [
        {"key": "x", "value": 21, "valid_from": date(2026, 1, 1)},
        {"key": "x", "value": 28, "valid_from": date(2027, 1, 1)},
    ]
    monkeypatch.setitem(content("terms"), "terms", rows)
    assert [term("x", date(2026, 12, 31)), term("x", date(2027, 1, 1))] == [21, 28]
    with pytest.raises(LookupError):
        term("x", date(2025, 12, 31))


def test_a_case_stalls_after_the_term_and_not_a_day_before():
    """D11: nothing planned for n days."""
    told = trajectories.walk("in_progress")
    start = since(told)
    assert days_quiet(told, start + timedelta(days=DAYS - 1)) == 0
    assert days_quiet(told, start + timedelta(days=DAYS)) == DAYS


def test_a_talk_starts_the_count_anew_and_a_coming_one_stops_it():
    told = trajectories.walk("in_progress")
    start = since(told)
    told.talk()
    assert since(told) > start
    with told.acting(told.advisor.user, days=0) as actor:
        at = told.moment + timedelta(days=40)
        services.plan_conversation(
            actor=actor, trajectory=told.trajectory, starts_at=at, ends_at=at + timedelta(hours=1)
        )
    assert days_quiet(told, told.moment + timedelta(days=30)) == 0
    assert days_quiet(told, at + timedelta(days=DAYS + 1)) == DAYS + 1


@pytest.mark.parametrize("status", ["on_hold", "closed"])
def test_pause_and_end_are_meant_to_be_quiet(status):
    told = trajectories.walk(status)
    assert days_quiet(told, told.moment + timedelta(days=90)) == 0


def test_button_sends_one_neutral_mail_a_silence(client):
    told = trajectories.walk("in_progress")  # four months ago
    client.force_login(told.advisor.user)
    desk = reverse("trajectories:desk")
    assert "dagen niets gepland" in client.get(desk).content.decode()
    url = reverse("trajectories:nudge", args=[told.trajectory.reference])
    assert client.get(url).status_code == 405
    client.post(url)
    answer = client.post(url, follow=True)
    assert "bericht gestuurd op" in answer.content.decode()
    found = mails(told.participant, "Het is een tijdje stil")
    assert [mail.subject for mail in found] == ["Een bericht van Loopbaan & Ontwikkeling"]


def test_new_silence_may_bring_a_new_message():
    told = trajectories.walk("in_progress")
    for _silence in range(2):
        told.moment += timedelta(days=30)
        with told.acting(told.advisor.user, days=0) as actor:
            services.nudge_participant(actor=actor, trajectory=told.trajectory)
            services.nudge_participant(actor=actor, trajectory=told.trajectory)
        told.talk()
    assert len(mails(told.participant, "Het is een tijdje stil")) == 2


def test_no_message_when_something_is_planned_or_by_somebody_else():
    told = trajectories.walk("in_progress")
    with told.acting(told.advisor.user, days=0) as actor, pytest.raises(Blocked):
        services.nudge_participant(actor=actor, trajectory=told.trajectory)
    with viewing(told.participant), pytest.raises(NotYours):
        services.nudge_participant(actor=told.participant, trajectory=told.trajectory)
    with viewing(told.coordinator), pytest.raises(NotYours):
        services.nudge_participant(actor=told.coordinator, trajectory=told.trajectory)


def test_advisor_is_reminded_once_of_each_case_without_a_name():
    told = trajectories.walk("in_progress")
    advisor = told.advisor.user
    for expected in (1, 0):
        with viewing(advisor):
            assert services.nudge_advisor(actor=advisor) == expected
    more = {"advisor": told.advisor, "coordinator": told.coordinator}
    for name in ("Wim Kok", "Ans Post"):
        trajectories.walk("in_progress", participant=people.employee(name), **more)
    with viewing(advisor):
        assert services.nudge_advisor(actor=advisor) == 2
    found = mails(advisor, "niets gepland")
    assert sorted(mail.text.partition("Met ")[2][0] for mail in found) == ["1", "2"]
    assert not any("Samira" in mail.text or "Wim" in mail.text for mail in found)


def test_scan_asks_once_a_week_and_twice_is_harmless():
    told = trajectories.walk("in_progress")
    monday = clock.local(date(2026, 11, 23), 0, 5)
    counts, jobs = [], []
    for days in (0, 0, 6, 7):
        with clock.frozen(monday + timedelta(days=days)):
            tasks.remind_advisors()
        with as_owner():
            jobs = list(Job.objects.filter(name=tasks.REMIND))
        counts.append(len(jobs))
    assert counts == [1, 1, 1, 2]
    for job in jobs:
        with viewing(job.viewer):
            tasks.remind(job)
    with as_owner():
        assert Nudge.objects.count() == 1
    assert len(mails(told.advisor.user, "niets gepland")) == 1


def test_who_was_reminded_is_for_the_two_of_them():
    told = trajectories.walk("in_progress")
    with viewing(told.advisor.user):
        services.nudge_advisor(actor=told.advisor.user)
    for person, seen in ((told.advisor.user, 1), (told.participant, 1), (told.coordinator, 0)):
        with viewing(person):
            assert Nudge.objects.count() == seen
