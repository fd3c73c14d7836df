"""The closing: blind views, side by side, what was discussed, and an address for later."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal import clock
from portal.privacy.viewer import viewing
from tests.factories import advisors, people, trajectories
from trajectories import services
from trajectories.enums import Status
from trajectories.errors import Blocked, NoSuchMove, NotYours, Stale
from trajectories.models import Discussion, IntendedResult, LaterAddress, Outcome, Rating, Trajectory
from trajectories.queries.closing import results_to_rate, side_by_side

pytestmark = pytest.mark.django_db
SECRET = "Ik durf nu nee te zeggen"


def page(told, name="closing"):
    return reverse(f"trajectories:{name}", args=[told.trajectory.reference])


def rate(told, person, value, **more):
    with told.acting(person) as actor:
        ratings = {result.reference: value for result in results_to_rate(told.trajectory)}
        services.rate_results(actor=actor, trajectory=told.trajectory, ratings=ratings, **more)


@pytest.mark.parametrize("first", ["participant", "advisor"])
def test_first_view_is_nowhere_for_the_other(client, first):
    """T7-03: absent from page, fragment and database, until one's own view is in."""
    told = trajectories.walk("closing")
    sides = {"participant": told.participant, "advisor": told.advisor.user}
    other = next(person for name, person in sides.items() if name != first)
    outcome = trajectories.OUTCOME if first == "participant" else None
    rate(told, sides[first], "not_achieved", unplanned=SECRET, outcome=outcome)
    assert connection.settings_dict["USER"] == "portal_web"
    with viewing(other):
        seen = [model.objects.count() for model in (Rating, Outcome, Discussion)]
        texts = [row.text for row in IntendedResult.objects.all()]
    assert (seen, SECRET in texts) == ([0, 0, 0], False)
    client.force_login(other)
    for name in ("closing", "page", "agreement"):
        for headers in ({}, {"HX-Request": "true"}):
            answer = client.get(page(told, name), headers=headers)
            html = answer.content.decode()
            assert answer.status_code == 200
            assert SECRET not in html
            assert "steps__item--done" not in html
            assert "checked" not in html
            assert "Niet bereikt</td>" not in html


@pytest.mark.parametrize("first", ["participant", "advisor"])
def test_first_view_gives_no_row_to_the_others_sql(first):
    """T7-03: plain SQL on the web's own connection, tables and their history alike."""
    told = trajectories.walk("closing")
    sides = {"participant": told.participant, "advisor": told.advisor.user}
    other = next(person for name, person in sides.items() if name != first)
    outcome = trajectories.OUTCOME if first == "participant" else None
    with viewing(other):
        results = rows_of("intendedresult")
    rate(told, sides[first], "not_achieved", unplanned=SECRET, outcome=outcome)
    hidden = ["rating", "ratingevent", "outcome", "outcomeevent", "discussion", "discussionevent"]
    with viewing(other):
        assert [rows_of(table) for table in hidden] == [0] * len(hidden)
        assert rows_of("intendedresult") == results
    with viewing(sides[first]):
        assert (rows_of("rating"), rows_of("intendedresult")) == (results + 1, results + 1)
    rate(told, other, "achieved", outcome=trajectories.OUTCOME if first == "advisor" else None)
    with viewing(other):
        assert (rows_of("rating"), rows_of("outcome")) == (2 * results + 1, 1)


def rows_of(table):
    """Count the rows of a table that plain SQL gives to whoever is viewing."""
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        assert cursor.fetchone() == ("portal_web",)
        cursor.execute(f"select count(*) from trajectories_{table}")
        return cursor.fetchone()[0]


def test_both_views_stand_side_by_side_with_differences_marked(client):
    """T7-01, T7-04: two ratings per result, and the unplanned one."""
    told = trajectories.walk("closing")
    rate(told, told.participant, "achieved", unplanned=f"{SECRET}\n\n  En ik slaap beter ")
    rate(told, told.advisor.user, "partly_achieved")
    with viewing(told.advisor.user):
        rows = side_by_side(told.trajectory)
    assert [row.differ for row in rows] == [True, True, False, False]
    assert [row.result.text for row in rows][2:] == [SECRET, "En ik slaap beter"]
    client.force_login(told.advisor.user)
    html = client.get(page(told)).content.decode()
    assert html.count("U ziet dit verschillend") == 2
    assert html.count("niet gepland") == 2
    assert "U ziet 2 resultaten verschillend." in html


def test_outcome_is_the_participants_and_read_by_the_advisor_afterwards(client):
    told = trajectories.walk("closing")
    rate(told, told.participant, "achieved", outcome=("new_role_inside", ["new_role_inside", "other"]))
    with viewing(told.participant):
        assert Outcome.objects.values_list("main", "others").get() == ("new_role_inside", ["other"])
    rate(told, told.advisor.user, "achieved", outcome=("other", []))
    with viewing(told.advisor.user):
        assert Outcome.objects.get().main == "new_role_inside"
    client.force_login(told.advisor.user)
    assert "Nieuwe functie binnen de universiteit" in client.get(page(told)).content.decode()


def test_others_without_a_main_outcome_come_back_with_what_was_typed(client):
    told = trajectories.walk("closing")
    client.force_login(told.participant)
    with viewing(told.participant):
        answers = {row.reference: "achieved" for row in results_to_rate(told.trajectory)}
    answer = client.post(page(told), {**answers, "unplanned": SECRET, "others": ["other"]})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Kies welke hiervan vooropstaat." in html
    assert SECRET in html


def test_answers_to_the_questions_are_kept_for_both(client):
    """T7-05: discussion questions form; answers are saved in the file."""
    told = trajectories.walk("closed")
    client.force_login(told.participant)
    form = client.get(page(told, "discuss")).content.decode()
    assert form.count("<textarea") == 5
    typed = {"what_worked": "Meelopen.", "take_away": "Eerst bellen.", "version": told.trajectory.version}
    assert client.post(page(told, "discuss"), typed).status_code == 302
    client.force_login(told.advisor.user)
    html = client.get(page(told)).content.decode()
    assert ("Meelopen." in html, "Eerst bellen." in html) == (True, True)
    again = {**typed, "take_away": ""}
    answer = client.post(page(told, "discuss"), again)
    assert answer.status_code == 409
    assert "Meelopen." in answer.content.decode()


def test_emptied_answer_goes_and_the_writer_is_named():
    told = trajectories.walk("closed")
    told.look_back()
    with told.acting(told.participant) as actor:
        answers = {"what_worked": " ", "take_away": "Bellen."}
        services.discuss(actor=actor, trajectory=told.trajectory, answers=answers)
        rows = list(Discussion.objects.values_list("key", "written_by"))
    assert rows == [("take_away", told.participant.pk)]


@pytest.mark.parametrize("status", ["closing", "in_progress", "completed", "stopped_early"])
def test_nothing_is_discussed_before_both_have_rated_or_after_the_end(status):
    told = trajectories.walk(status)
    with told.acting(told.participant) as actor, pytest.raises(NoSuchMove):
        services.discuss(actor=actor, trajectory=told.trajectory, answers={"take_away": "Iets."})


def test_older_page_of_the_discussion_changes_nothing():
    told = trajectories.walk("closed")
    with told.acting(told.participant) as actor, pytest.raises(Stale):
        services.discuss(actor=actor, trajectory=told.trajectory, answers={}, version=1)


def test_address_is_read_by_its_owner_only_and_goes_with_the_consent():
    told = trajectories.walk("closed")
    told.look_back()
    with viewing(told.advisor.user):
        assert LaterAddress.objects.count() == 0
    with viewing(told.participant), connection.cursor() as cursor:
        assert LaterAddress.objects.get().email == "samira@example.com"
        cursor.execute("select email from trajectories_lateraddress")
        assert "samira" not in cursor.fetchone()[0]
    with told.acting(told.participant) as actor:
        services.keep_address(
            actor=actor, trajectory=told.trajectory, email="samira@example.com", agrees=False
        )
        assert LaterAddress.objects.count() == 0


def test_address_of_the_university_is_no_address_for_later():
    told = trajectories.walk("closed")
    email = f"ik@{told.participant.email.partition('@')[2].upper()}"
    with told.acting(told.participant) as actor, pytest.raises(Blocked):
        services.keep_address(actor=actor, trajectory=told.trajectory, email=email, agrees=True)
    with told.acting(told.advisor.user) as actor, pytest.raises(NotYours):
        services.keep_address(actor=actor, trajectory=told.trajectory, email="ik@example.com", agrees=True)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ({"email": "ik@example.com"}, 422),
        ({"agrees": "on"}, 422),
        ({"email": "geen adres", "agrees": "on"}, 422),
        ({"email": "ik@example.com", "agrees": "on"}, 302),
        ({"email": ""}, 302),
    ],
)
def test_address_page_asks_for_both_or_neither(client, typed, answer):
    told = trajectories.walk("closed")
    client.force_login(told.participant)
    found = client.post(page(told, "address"), typed)
    assert found.status_code == answer
    if answer == 422:
        assert typed.get("email", "") in found.content.decode()


def test_early_stopper_leaves_an_address_after_a_talk_only(client):
    """Decision 9: the follow-up comes if at least one conversation took place."""
    told = trajectories.walk("stopped_early")
    client.force_login(told.participant)
    assert client.get(page(told, "address")).status_code == 409
    other = trajectories.walk(
        "in_progress", participant=people.employee("Wim Kok"), coordinator=told.coordinator
    )
    other.talk()
    other.end("stopped_early")
    client.force_login(other.participant)
    assert reverse("trajectories:address", args=[other.trajectory.reference]) in (
        client.get(page(other, "page")).content.decode()
    )
    assert client.get(page(other, "address")).status_code == 200


def test_second_round_asks_everything_anew_and_shows_its_own_views_only():
    told = trajectories.walk("closing")
    rate(told, told.participant, "achieved", unplanned=SECRET, outcome=trajectories.OUTCOME)
    rate(told, told.advisor.user, "achieved")
    told.look_back()
    told.end("in_progress")
    with viewing(told.advisor.user):
        assert (Rating.objects.filter(side="participant").count(), Outcome.objects.count()) == (0, 0)
    with told.acting(told.advisor.user) as actor:
        services.start_closing(actor=actor, trajectory=told.trajectory)
    told.rate(value="partly_achieved")
    with viewing(told.participant):
        rows = side_by_side(told.trajectory)
        assert {row.participant and row.participant.value for row in rows} == {"partly_achieved"}
        assert [row.result.text for row in rows].count(SECRET) == 0
        assert set(Outcome.objects.values_list("round", flat=True)) == {1, 2}


def test_closing_page_costs_the_same_with_many_results(client):
    told = trajectories.walk("closing")
    rate(told, told.participant, "achieved", unplanned="Een")
    rate(told, told.advisor.user, "achieved", unplanned="Twee")
    few = queries(client, told)
    more = trajectories.walk("closing", participant=people.employee("Wim Kok"), coordinator=told.coordinator)
    rate(more, more.participant, "achieved", unplanned="\n".join(f"Nog {n}" for n in range(20)))
    rate(more, more.advisor.user, "achieved")
    assert queries(client, more) == few


def queries(client, told):
    client.force_login(told.participant)
    client.get(page(told))
    with CaptureQueriesContext(connection) as found:
        assert client.get(page(told)).status_code == 200
    return len(found)


@pytest.mark.parametrize("status", ["closed", "stopped_early", "completed"])
def test_advisor_from_outside_sees_nothing_once_the_case_is_over(status):
    """G15: access ends with the case; a closed one may be reopened for thirty days."""
    outside = advisors.external("Yara Koster")
    told = trajectories.walk(status, advisor=outside)
    earlier = clock.now() - timedelta(days=40)
    with viewing(told.participant):
        Trajectory.objects.update(ended_at=earlier, closed_at=earlier if status == "closed" else None)
    with viewing(outside.user):
        assert (Trajectory.objects.count(), Rating.objects.count()) == (0, 0)
    with viewing(told.participant):
        assert Trajectory.objects.count() == 1


def test_advisor_from_outside_stops_a_case_and_still_sees_that_it_ended():
    outside = advisors.external("Yara Koster")
    told = trajectories.walk("in_progress", advisor=outside)
    told.moment = clock.now()
    with told.acting(outside.user) as actor:
        case = services.stop_early(actor=actor, trajectory=told.trajectory, reason="Verhuisd.")
        assert Trajectory.objects.get(pk=case.pk).status == Status.STOPPED_EARLY


def test_closing_with_an_open_talk_names_it_and_stays(client):
    told = trajectories.walk("closing")
    told.end("in_progress")
    starts = clock.now() + timedelta(days=3)
    with viewing(told.advisor.user):
        services.plan_conversation(
            actor=told.advisor.user,
            trajectory=told.trajectory,
            starts_at=starts,
            ends_at=starts + timedelta(minutes=30),
        )
    client.force_login(told.advisor.user)
    typed = {"to": "closing", "version": told.trajectory.version}
    html = client.post(page(told, "move"), typed, follow=True).content.decode()
    assert "Er staan nog gesprekken open." in html
    assert told.trajectory.status == Status.IN_PROGRESS
