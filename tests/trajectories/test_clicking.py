"""Does it click: asked after the first conversation, known to the participant only, a change without a reason."""

import pytest
from django.urls import reverse

from portal.delivery.models import Mail
from portal.privacy.viewer import viewing
from tests.factories import advisors, trajectories
from trajectories import services
from trajectories.enums import Click
from trajectories.errors import NoSuchMove, NotYours
from trajectories.models import ClickCheck, Handover
from trajectories.queries.clicking import asks_whether_it_clicks

pytestmark = pytest.mark.django_db


def say(told, answer, by=None):
    actor = by or told.participant
    with told.acting(actor, days=0):
        return services.say_whether_it_clicks(actor=actor, trajectory=told.trajectory, answer=answer)


def asked(told):
    with viewing(told.participant):
        return asks_whether_it_clicks(told.trajectory)


@pytest.mark.parametrize(
    ("status", "expected"),
    [("intake_planned", False), ("intake_done", True), ("in_progress", True), ("closed", False)],
)
def test_asked_after_the_first_conversation_while_it_runs(status, expected):
    """C7."""
    assert asked(trajectories.walk(status)) == expected


def test_only_the_participant_knows_the_answer(client):
    """C7: the advisor sees neither the question nor the answer."""
    told = trajectories.walk()
    say(told, Click.UNSURE)
    for person in (told.advisor.user, told.coordinator):
        with viewing(person):
            assert not ClickCheck.objects.exists()
    client.force_login(told.advisor.user)
    page = client.get(reverse("trajectories:page", args=[told.trajectory.reference])).content.decode()
    assert "Klikt het" not in page
    assert asked(told)
    say(told, Click.YES)
    assert not asked(told)


def test_a_no_asks_for_another_advisor_without_a_reason():
    """C7: the coordinator learns that another advisor is asked for, not what was answered."""
    told = trajectories.walk()
    say(told, Click.NO)
    with viewing(told.coordinator):
        assert Handover.objects.get().cause == "asked"
        assert not ClickCheck.objects.exists()
    with pytest.raises(NoSuchMove):
        say(told, Click.NO)
    with viewing(told.coordinator):
        assert not any("click" in mail.text.lower() for mail in Mail.objects.all())


def test_after_the_change_the_question_is_about_the_new_advisor():
    told = trajectories.walk("intake_done")
    say(told, Click.NO)
    second = advisors.advisor("Joost Ander")
    with told.acting(told.coordinator) as actor:
        services.hand_over(actor=actor, trajectory=told.trajectory, advisor=second.reference)
    assert not asked(told)
    with viewing(told.participant):
        assert ClickCheck.objects.get().advisor == told.advisor.user


def test_others_may_not_answer_and_nonsense_is_refused(client):
    told = trajectories.walk()
    with pytest.raises(NotYours):
        say(told, Click.YES, by=told.advisor.user)
    with pytest.raises(NoSuchMove):
        say(told, "perhaps")
    client.force_login(told.participant)
    url = reverse("trajectories:click", args=[told.trajectory.reference])
    assert client.post(url, {"answer": "perhaps"}).status_code == 409
    assert client.get(url).status_code == 405
    assert client.post(url, {"answer": "yes"}).status_code == 302
