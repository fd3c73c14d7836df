"""A participant who does not, or can't, look back: the advisor closes after four weeks; it stays "not answered"."""

from datetime import timedelta

import pytest
from django.urls import reverse

from evaluations.models import Invitation
from evaluations.services.invitations import follow
from portal import clock
from portal.interface.moments import day
from portal.privacy.viewer import viewing
from tests.factories import trajectories
from tests.factories.database import as_owner
from tests.trajectories.pagetext import words
from trajectories import services
from trajectories.errors import Blocked, NoSuchMove, NotYours
from trajectories.models import Rating
from trajectories.queries.closing import closes_alone_on

pytestmark = pytest.mark.django_db
WEEKS = timedelta(days=28)


@pytest.fixture
def told():
    """The advisor has given a view now; the participant has not."""
    story = trajectories.walk("closing", moment=clock.now() - timedelta(days=29))
    story.moment = clock.now()
    story.rate(story.advisor.user)
    return story


def close(told, who=None, later=timedelta()):
    person = who or told.advisor.user
    with clock.frozen(clock.now() + later), viewing(person):
        return services.close_alone(actor=person, trajectory=told.trajectory)


def leave(told):
    with as_owner():
        told.participant.is_active = False
        told.participant.save()


def test_not_before_four_weeks_have_passed_and_then_it_may(told):
    told_day = day(clock.today() + WEEKS)
    with pytest.raises(Blocked, match=told_day):
        close(told, later=WEEKS - timedelta(days=1))
    assert close(told, later=WEEKS).status == "closed"
    assert told.trajectory.participant_rated_at is None
    with viewing(told.participant):
        sides = set(Rating.objects.filter(trajectory=told.trajectory).values_list("side", flat=True))
    assert sides == {"advisor"}


def test_at_once_for_somebody_who_has_left(told):
    leave(told)
    assert close(told).status == "closed"


def test_the_advisor_gives_a_view_first():
    told = trajectories.walk("closing")
    leave(told)
    with pytest.raises(NoSuchMove):
        close(told)
    assert told.trajectory.status == "closing"


def test_only_the_advisor_and_only_while_the_participant_has_not_answered(told):
    with pytest.raises(NotYours):
        close(told, told.participant, later=WEEKS)
    told.rate(told.participant)
    with pytest.raises(NoSuchMove):
        close(told, later=WEEKS)


def test_four_weeks_count_from_the_question_to_the_participant():
    told = trajectories.walk("closing")
    told.moment = clock.now()
    told.rate(told.advisor.user)
    with viewing(told.participant):
        assert closes_alone_on(told.trajectory) == clock.today() + WEEKS


def test_page_says_when_and_then_offers_it(client, told):
    client.force_login(told.advisor.user)
    url = reverse("trajectories:closing", args=[told.trajectory.reference])
    page = words(client.get(url))
    assert f"Vanaf {day(clock.today() + WEEKS)} kunt u zonder afsluiten." in page
    assert "Afsluiten zonder het oordeel van de deelnemer" not in page
    client.post(url, {"alone": "yes"})
    assert told.trajectory.status == "closing"
    leave(told)
    assert "Afsluiten zonder het oordeel van de deelnemer" in words(client.get(url))
    assert client.post(url, {"alone": "yes", "version": 1}).status_code == 409
    assert client.post(url, {"alone": "yes", "version": told.trajectory.version}).status_code == 302
    page = words(client.get(url))
    assert "Zonder het oordeel van de deelnemer afgesloten." in page
    assert page.count("Geen antwoord") == len(trajectories.RESULTS)


def test_participant_reads_the_view_of_the_advisor_once_it_is_closed(client, told):
    client.force_login(told.participant)
    url = reverse("trajectories:closing", args=[told.trajectory.reference])
    with viewing(told.participant):
        assert not Rating.objects.exists()
    close(told, later=WEEKS)
    page = words(client.get(url))
    assert page.count("Bereikt") == len(trajectories.RESULTS)
    assert "Zonder het oordeel van de deelnemer afgesloten." in page
    assert client.get(reverse("trajectories:discuss", args=[told.trajectory.reference])).status_code == 409


def test_surveys_follow_and_it_may_be_opened_again_for_the_view(told):
    close(told, later=WEEKS)
    with viewing(told.participant):
        follow(trajectory_id=told.trajectory.pk)
    with as_owner():
        assert Invitation.objects.filter(trajectory=told.trajectory).count() == 2
    with clock.frozen(clock.now() + WEEKS), viewing(told.participant):
        again = services.reopen(actor=told.participant, trajectory=told.trajectory, reason="Ik kon niet.")
    assert (again.status, again.advisor_rated_at) == ("in_progress", None)


def test_the_desk_and_the_page_say_that_the_advisor_may_close_and_not_before(client, told):
    url = reverse("trajectories:page", args=[told.trajectory.reference])
    client.force_login(told.advisor.user)
    says = "Sluit af, of vraag de deelnemer nog een keer om een oordeel"
    for days, holds in ((27, False), (28, True)):
        with clock.frozen(clock.now() + timedelta(days=days)):
            pages = [words(client.get(page)) for page in (url, reverse("trajectories:desk"))]
            results = words(client.get(reverse("trajectories:closing", args=[told.trajectory.reference])))
        assert [says in page for page in pages] == [holds, holds]
        assert ("U mag nu afsluiten. Het blijft “geen antwoord”" in results) is holds
    client.force_login(told.participant)
    with clock.frozen(clock.now() + timedelta(days=28)):
        assert "Geef een oordeel over de resultaten" in words(client.get(url))
