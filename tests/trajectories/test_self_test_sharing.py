"""Who sees a self-test: on the web connection, per role, until the day set and not a moment after it is taken back."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from portal import clock
from portal.delivery.models import Mail
from portal.people.enums import Role
from portal.privacy.models import DossierRead
from portal.privacy.viewer import viewing
from tests.factories import advisors, people, trajectories
from tests.factories.database import as_owner
from tests.trajectories.pagetext import words
from trajectories.enums.self_test import Moment
from trajectories.enums.words import content
from trajectories.models import SelfTest, SelfTestDraft, SelfTestShare, Trajectory
from trajectories.queries import self_tests
from trajectories.services import self_testing

pytestmark = pytest.mark.django_db
TABLES = (SelfTest, SelfTestDraft, SelfTestShare)
OUTCOME = re.compile(r"<div data-outcome.*?</table></div>", re.DOTALL)


@pytest.fixture
def told():
    story = trajectories.walk("in_progress")
    story.participant.appointments.update(manager=people.employee("Hanneke Bos"))
    return story


@pytest.fixture
def share(told):
    return trajectories.shared_self_test(told, networking=1)


def shown_url(share):
    return reverse("trajectories:shown_self_test", args=[share.trajectory.reference, share.reference])


def share_url(test):
    return reverse("trajectories:self_test_share", args=[test.reference])


def rows_of(person):
    with viewing(person):
        return {model.__name__: model.objects.count() for model in TABLES}


def change(share, **fields):
    with as_owner():
        SelfTestShare.objects.filter(pk=share.pk).update(**fields)


def test_the_advisor_sees_the_share_and_neither_test_nor_answers(told, share):
    with viewing(told.participant):
        self_testing.save_answers(actor=told.participant, answers={"pf1": 1})
    assert connection.settings_dict["USER"] == "portal_web"
    assert rows_of(told.participant) == {"SelfTest": 1, "SelfTestDraft": 1, "SelfTestShare": 1}
    assert rows_of(told.advisor.user) == {"SelfTest": 0, "SelfTestDraft": 0, "SelfTestShare": 1}


def test_nobody_else_sees_a_row(told, share):
    others = {
        "manager": told.participant.appointments.get().manager,
        "coordinator": told.coordinator,
        "hr": people.holder(Role.HR, "Hans Hr"),
        "administrator": people.holder(Role.ADMINISTRATOR, "Ad Min"),
        "editor": people.holder(Role.EDITOR, "Ed Itor"),
        "other advisor": advisors.advisor("Joost Ander").user,
        "nobody": None,
    }
    for name, viewer in others.items():
        assert set(rows_of(viewer).values()) == {0}, name


@pytest.mark.parametrize("way", ["expired", "withdrawn", "other advisor"])
def test_what_has_ended_is_gone_in_the_database_and_on_the_page(client, told, share, way):
    client.force_login(told.advisor.user)
    assert client.get(shown_url(share)).status_code == 200
    if way == "expired":
        change(share, until_on=clock.today() - timedelta(days=1))
    if way == "withdrawn":
        change(share, withdrawn_at=clock.now())
    other = None
    if way == "other advisor":
        with as_owner():
            other = advisors.advisor("Joost Ander").user
            Trajectory.objects.filter(pk=told.trajectory.pk).update(advisor=other)
    with viewing(told.advisor.user):
        assert SelfTestShare.objects.count() == 0
        assert self_tests.weak_factors(told.trajectory, told.advisor.user) == frozenset()
    assert client.get(shown_url(share)).status_code == 404
    if other:
        client.force_login(other)
        assert rows_of(other)["SelfTestShare"] == 0
        assert client.get(shown_url(share)).status_code == 404


def test_it_lasts_until_the_end_of_the_day_set(told, share):
    change(share, until_on=clock.today())
    assert rows_of(told.advisor.user)["SelfTestShare"] == 1


def test_there_is_no_history_that_outlives_an_erasure_or_a_withdrawal():
    names = {str(model._meta.model_name) for model in apps.get_app_config("trajectories").get_models()}
    assert {name for name in names if name.startswith("selftest")} == {
        "selftest",
        "selftestdraft",
        "selftestshare",
    }


def test_answers_and_scores_are_unreadable_in_the_database(told, share):
    with viewing(told.participant), connection.cursor() as cursor:
        cursor.execute(
            "select answers from trajectories_selftest union all select scores from trajectories_selftest"
            " union all select scores from trajectories_selftestshare"
        )
        texts = [row[0] for row in cursor.fetchall()]
    assert len(texts) == 3
    assert all(text.startswith("gAAAA") for text in texts)


def test_an_outcome_cannot_be_changed_and_nobody_writes_for_another(told, share):
    with viewing(told.participant), pytest.raises(DatabaseError), transaction.atomic():
        SelfTest.objects.filter(pk=share.test_id).update(moment=Moment.END)
    advisor = told.advisor.user
    stolen = {"owner": told.participant, "answers": {}, "scores": {}}
    with viewing(advisor), pytest.raises(DatabaseError), transaction.atomic():
        SelfTest.objects.create(**stolen)
    with viewing(advisor), pytest.raises(DatabaseError), transaction.atomic():
        SelfTest.objects.create(**stolen | {"owner": advisor, "trajectory": told.trajectory})
    with viewing(advisor):
        assert SelfTestShare.objects.update(until_on=clock.today() + timedelta(days=900)) == 0


def test_nobody_shares_the_test_of_another(told, share):
    other = trajectories.self_test(people.employee("Wouter Hoekstra"))
    fields = {"trajectory": told.trajectory, "advisor": told.advisor.user, "until_on": clock.today()}
    fields |= {"scores": {}, "taken_at": clock.now(), "owner": told.participant, "test_id": other.pk}
    with viewing(told.participant), pytest.raises(DatabaseError), transaction.atomic():
        SelfTestShare.objects.create(**fields)


def test_the_advisor_sees_exactly_what_the_page_said_beforehand(client, told):
    test = trajectories.self_test(told.participant, networking=1)
    client.force_login(told.participant)
    before = OUTCOME.search(client.get(share_url(test)).content.decode())
    until = clock.today() + timedelta(days=30)
    client.post(share_url(test), {"until_on": until.isoformat()})
    with viewing(told.participant):
        share = SelfTestShare.objects.get()
    client.force_login(told.advisor.user)
    page = client.get(shown_url(share))
    after = OUTCOME.search(page.content.decode())
    assert before
    assert after
    assert before.group() == after.group()
    assert "Netwerken" in after.group()
    outside = words(page).replace(words_of(after.group()), "")
    assert not any(statement in outside for statement in ("Ik ken mensen", "Uw netwerk is nog klein"))


def words_of(html):
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_each_look_of_the_advisor_stands_in_the_log_and_the_owners_own_does_not(client, told, share):
    for person in (told.participant, told.advisor.user):
        client.force_login(person)
        assert client.get(shown_url(share)).status_code == 200
    with viewing(told.participant):
        looks = list(DossierRead.objects.values_list("reader", "what"))
    assert looks == [(told.advisor.user.pk, "self_test")]
    client.force_login(told.participant)
    page = words(client.get(reverse("trajectories:page", args=[told.trajectory.reference])))
    assert "Een zelftest die u hebt gedeeld" in page


def test_sharing_again_moves_the_day_and_says_who_can_see_it(client, told, share):
    client.force_login(told.participant)
    until = clock.today() + timedelta(days=100)
    answer = client.post(share_url(share.test), {"until_on": until.isoformat()}, follow=True)
    assert "Uw adviseur kan deze test zien tot en met" in words(answer)
    with viewing(told.participant):
        assert list(SelfTestShare.objects.values_list("pk", "until_on")) == [(share.pk, until)]
    for url in (answer.redirect_chain[-1][0], reverse("trajectories:self_test")):
        assert f"{told.advisor} kan deze test zien tot en met" in words(client.get(url))


@pytest.mark.parametrize("days", [-1, 400])
def test_a_day_behind_us_or_too_far_ahead_is_refused(client, told, days):
    test = trajectories.self_test(told.participant)
    client.force_login(told.participant)
    until = (clock.today() + timedelta(days=days)).isoformat()
    answer = client.post(share_url(test), {"until_on": until})
    assert answer.status_code == 422
    assert "Kies een dag vanaf vandaag, hooguit een jaar vooruit." in words(answer)
    assert until in answer.content.decode()
    assert rows_of(told.participant)["SelfTestShare"] == 0


@pytest.mark.parametrize("text", ["", "morgen", "2026-02-30"])
def test_a_day_that_is_none_comes_back(client, told, text):
    test = trajectories.self_test(told.participant)
    client.force_login(told.participant)
    answer = client.post(share_url(test), {"until_on": text})
    assert answer.status_code == 422
    assert f'value="{text}"' in answer.content.decode() or not text


def test_taking_it_back_works_at_once_and_once(client, told, share):
    client.force_login(told.participant)
    url = reverse("trajectories:self_test_withdraw", args=[share.reference])
    assert "Uw adviseur ziet deze test niet meer." in words(client.post(url, follow=True))
    with viewing(told.participant):
        row = SelfTestShare.objects.get()
    assert (row.scores, row.withdrawn_at is None) == ({}, False)
    assert rows_of(told.advisor.user)["SelfTestShare"] == 0
    assert client.post(url).status_code == 404
    again = client.post(share_url(share.test), {"until_on": clock.today().isoformat()}, follow=True)
    assert again.status_code == 200
    assert rows_of(told.advisor.user)["SelfTestShare"] == 1


def test_the_advisor_cannot_take_it_back_or_share(client, told, share):
    client.force_login(told.advisor.user)
    url = reverse("trajectories:self_test_withdraw", args=[share.reference])
    assert client.post(url).status_code == 404
    assert client.get(share_url(share.test)).status_code == 404


@pytest.mark.parametrize("status", ["requested", "stopped_early", None])
def test_without_an_advisor_there_is_nobody_to_share_with(client, status):
    person = trajectories.walk(status).participant if status else people.employee()
    test = trajectories.self_test(person)
    client.force_login(person)
    assert "U hebt nu geen adviseur." in words(client.get(share_url(test)))
    answer = client.post(share_url(test), {"until_on": clock.today().isoformat()})
    assert answer.status_code == 422
    assert rows_of(person)["SelfTestShare"] == 0


def test_weak_factors_are_those_of_the_newest_shared_test(told):
    """T6-03: low factors of a shared test appear as suggestions, those of an unshared one never."""
    old = trajectories.self_test(
        told.participant, moment=clock.now() - timedelta(days=9), networking=1, balance=2
    )
    trajectories.self_test(told.participant, moment=clock.now() - timedelta(days=5), reflection=1)

    def weak():
        found = []
        for person in (told.participant, told.advisor.user):
            with viewing(person):
                found.append(self_tests.weak_factors(told.trajectory, person))
        return found

    assert weak() == [frozenset()] * 2
    with viewing(told.participant):
        self_testing.share_self_test(actor=told.participant, test=old, until_on=clock.today())
    assert weak() == [frozenset({"networking", "balance"})] * 2
    trajectories.shared_self_test(told, cost_benefit=2)
    assert weak() == [frozenset({"cost_benefit"})] * 2


def test_the_advisors_page_shows_shared_tests_only(client, told):
    trajectories.self_test(told.participant, moment=clock.now() - timedelta(days=9))
    client.force_login(told.advisor.user)
    url = reverse("trajectories:page", args=[told.trajectory.reference])
    assert "elftest" not in words(client.get(url))
    share = trajectories.shared_self_test(told)
    page = client.get(url).content.decode()
    assert page.count(shown_url(share)) == 1
    assert "Doe nu de zelftest" not in page


@pytest.mark.parametrize(
    ("status", "proposed"),
    [
        ("intake_planned", None),
        ("agreement_proposed", Moment.START),
        ("in_progress", Moment.START),
        ("closing", Moment.END),
        ("closed", None),
    ],
)
def test_the_page_proposes_a_test_at_start_and_end_once(client, status, proposed):
    told = trajectories.walk(status)
    said = {Moment.START: "Doe nu de zelftest", Moment.END: "Doe de zelftest nog eens en zie"}
    client.force_login(told.participant)
    url = reverse("trajectories:page", args=[told.trajectory.reference])
    page = words(client.get(url))
    assert [moment for moment, text in said.items() if text in page] == ([proposed] if proposed else [])
    trajectories.self_test(told.participant)
    assert not any(text in words(client.get(url)) for text in said.values())


def test_no_test_is_ever_required():
    steps = [step for phase in content("trajectory")["phases"] for step in phase["steps"]]
    measured = {step["key"]: step["required"] for step in steps if "measurement" in step["key"]}
    assert measured == {"start_measurement": False, "end_measurement": False}


def letters(told):
    with as_owner():
        return list(Mail.objects.filter(recipient=told.advisor.user, key__contains=":shared-"))


def test_advisor_is_told_once_per_sharing_in_neutral_words(told, share):
    (letter,) = letters(told)
    text = f"{letter.subject} {letter.text}".lower()
    assert not any(word in text for word in ("zelftest", "self-test", "samira", "score"))
    with viewing(told.participant):
        later = clock.today() + timedelta(days=40)
        self_testing.share_self_test(actor=told.participant, test=share.test, until_on=later)
        assert len(letters(told)) == 1
        self_testing.withdraw_share(actor=told.participant, share=share)
        assert len(letters(told)) == 1
        self_testing.share_self_test(actor=told.participant, test=share.test, until_on=later)
    assert len(letters(told)) == 2
