"""29 February: dates that exist once in four years, in the terms and in what people type."""

from datetime import date, datetime

import pytest
from django.urls import reverse

from evaluations.workflow import follow_up_due
from portal import clock
from portal.privacy.viewer import viewing
from tests.factories import trajectories
from tests.trajectories.pagetext import words
from trajectories import services
from trajectories.errors import Blocked
from trajectories.models import PlanStep
from trajectories.queries.standing import follow_up_on, six_months_after
from trajectories.services import self_testing


def at(year, month, day):
    return datetime(year, month, day, 10, tzinfo=clock.AMSTERDAM)


@pytest.mark.parametrize(
    ("closed", "due"),
    [
        (date(2027, 8, 29), date(2028, 2, 29)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2026, 8, 29), date(2027, 2, 28)),
        (date(2028, 2, 29), date(2028, 8, 29)),
    ],
)
def test_strip_and_survey_agree_on_the_day_of_the_follow_up(closed, due):
    assert (six_months_after(closed), follow_up_due(closed)) == (due, due)


def closed_on(year, month, day):
    """A case whose participant, the second to do so, looks back on that day."""
    told = trajectories.walk("closing", moment=at(year, month, 1).replace(year=year - 1))
    told.moment = at(year, month, day)
    told.rate(told.advisor.user)
    told.moment = at(year, month, day)
    told.rate(told.participant)
    return told


@pytest.mark.django_db
def test_reopening_until_leap_day_and_not_a_day_later():
    told = closed_on(2028, 1, 30)
    with clock.frozen(at(2028, 3, 1)), viewing(told.participant), pytest.raises(Blocked, match="30 dagen"):
        services.reopen(actor=told.participant, trajectory=told.trajectory, reason="Toch nog iets.")
    with clock.frozen(at(2028, 2, 29)), viewing(told.participant):
        case = services.reopen(actor=told.participant, trajectory=told.trajectory, reason="Toch nog iets.")
    assert case.status == "in_progress"


@pytest.mark.django_db
def test_closed_on_leap_day_is_followed_up_in_august():
    told = closed_on(2028, 2, 29)
    assert follow_up_on(told.trajectory) == date(2028, 8, 29)


@pytest.mark.django_db
def test_self_test_is_shared_from_leap_day_for_a_year():
    told = trajectories.walk("in_progress", moment=at(2027, 12, 1))
    test = trajectories.self_test(told.participant, moment=at(2028, 2, 29))
    with clock.frozen(at(2028, 2, 29)), viewing(told.participant):
        for until in (date(2028, 2, 29), date(2029, 2, 28), date(2029, 3, 1)):
            share = self_testing.share_self_test(actor=told.participant, test=test, until_on=until)
            assert share.until_on == until
        for until in (date(2028, 2, 28), date(2029, 3, 2)):
            with pytest.raises(Blocked):
                self_testing.share_self_test(actor=told.participant, test=test, until_on=until)


@pytest.mark.django_db
def test_leap_day_of_another_year_comes_back_with_what_was_typed(client):
    told = trajectories.walk("in_progress")
    told.plan(steps=())
    client.force_login(told.participant)
    url = reverse("trajectories:add_step", args=[told.trajectory.reference, "A"])
    page = client.post(url, {"text": "Bellen met Joris", "due_on": "2027-02-29"})
    assert page.status_code == 422
    assert "Bellen met Joris" in page.content.decode()
    assert "datum" in words(page)
    with viewing(told.participant):
        assert not PlanStep.objects.exists()
