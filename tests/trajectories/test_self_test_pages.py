"""Taking the self-test and reading the outcome: works, stranger 404, bad input, double and stale posts, GET refused."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from catalog.models import CareerFactor
from portal import clock
from portal.privacy.viewer import viewing
from tests.factories import catalog, people, trajectories
from tests.trajectories.pagetext import words
from trajectories.enums.self_test import Moment, instrument
from trajectories.models import SelfTest, SelfTestDraft, SelfTestShare
from trajectories.queries import self_tests

pytestmark = pytest.mark.django_db
TEST = instrument()
HX = {"HX-Request": "true"}


@pytest.fixture
def person(client):
    samira = people.employee()
    client.force_login(samira)
    return samira


def fill(page=1):
    return f"{reverse('trajectories:self_test_fill')}?page={page}"


def page_answers(page, value=3, **other):
    factors = TEST.factors[2 * page - 2 : 2 * page]
    return {row.key: value for factor in factors for row in factor.statements} | other


def draft(person):
    with viewing(person):
        row = SelfTestDraft.objects.filter(owner=person).first()
        return row.answers if row else None


def taken_by(person):
    with viewing(person):
        return list(SelfTest.objects.filter(owner=person))


def page_of(test, name="result"):
    return reverse(f"trajectories:self_test_{name}", args=[test.reference])


def test_walks_through_the_parts_to_the_outcome(client, person):
    """T6-03: 32 answers, four buttons, and the outcome names the lowest factors."""
    for page in (1, 2, 3):
        answer = client.post(fill(page), page_answers(page, act="next"))
        assert answer["Location"] == fill(page + 1)
    answer = client.post(fill(4), page_answers(4, nw1=1, nw2=1, nw3=5, nw4=1, act="finish"))
    (test,) = taken_by(person)
    assert answer["Location"] == page_of(test)
    assert draft(person) is None
    assert (test.moment, test.trajectory_id) == (Moment.APART, None)
    assert test.scores == {factor.key: 3.0 for factor in TEST.factors} | {"networking": 1.0}
    shown = words(client.get(page_of(test)))
    assert "Netwerken 1,0 Laag Uw netwerk is nog klein." in shown
    assert "niet de gevalideerde TNO-zelftest" in shown
    assert "Alleen u ziet deze test." in shown


def test_says_before_the_first_question_that_it_is_our_own(client, person):
    for url in ("trajectories:self_test", "trajectories:self_test_fill"):
        for language, said in (("nl", "niet de gevalideerde"), ("en", "not the validated TNO")):
            with translation.override(language):
                assert said in words(client.get(reverse(url)))


def test_keeps_each_answer_while_it_is_given_and_goes_on_there(client, person):
    answer = client.post(fill(), {"pf1": "4", "act": "save"}, headers=HX)
    assert "1 van 32 beantwoord, bewaard" in answer.content.decode()
    client.post(fill(), {"pf2": "2", "act": "save"}, headers=HX)
    assert draft(person) == {"pf1": 4, "pf2": 2}
    again = client.get(reverse("trajectories:self_test_fill")).content.decode()
    assert again.count("checked") == 2
    assert "2 van 32" in words(client.get(reverse("trajectories:self_test")))
    client.post(fill(), page_answers(1, act="next"))
    assert "deel 2 van 4" in words(client.get(reverse("trajectories:self_test_fill")))


def test_two_devices_lose_no_answer(client, person):
    client.post(fill(), {"pf1": "4", "act": "save"}, headers=HX)
    client.post(fill(), {"pf3": "1", "act": "next"})
    assert draft(person) == {"pf1": 4, "pf3": 1}


def test_later_and_back_keep_the_answers_without_script(client, person):
    later = client.post(fill(2), page_answers(2, act="later"), follow=True)
    assert "Uw antwoorden zijn bewaard." in words(later)
    assert client.post(fill(2), {"act": "back"})["Location"] == fill(1)
    assert draft(person) == page_answers(2)


def test_says_which_factor_has_too_few_answers_and_leads_there(client, person):
    for page in (1, 2, 3):
        client.post(fill(page), page_answers(page, act="next"))
    answer = client.post(
        fill(4), {"ba1": "3", "ba2": "3", "ba3": "3", "nw1": "3", "act": "finish"}, follow=True
    )
    assert answer.redirect_chain[-1][0] == fill(4)
    assert "Beantwoord minstens drie stellingen over: “Netwerken”." in words(answer)
    assert "“Balans" not in words(answer)
    assert taken_by(person) == []
    assert draft(person)["ba3"] == 3


@pytest.mark.parametrize("value", ["6", "0", "x", "3.5", "１"])
def test_an_answer_that_is_not_on_the_page_is_refused_and_the_rest_comes_back(client, person, value):
    answer = client.post(fill(), {"pf1": value, "pf2": "2", "act": "next"})
    assert answer.status_code == 422
    assert "Kies een van de antwoorden op de pagina." in words(answer)
    assert draft(person) is None


@pytest.mark.parametrize(("asked", "part"), [("0", 1), ("9", 4), ("x", 1), ("-1", 1), ("²", 1), ("", 1)])
def test_an_odd_page_number_leads_to_a_page_that_exists(client, person, asked, part):
    assert f"deel {part} van 4" in words(client.get(fill(asked)))


def test_a_double_click_makes_one_test_and_no_new_draft(client, person):
    test = trajectories.self_test(person)
    again = client.post(fill(4), page_answers(4, act="finish"))
    assert again["Location"] == page_of(test)
    client.post(fill(4), {"nw1": "3", "act": "save"}, headers=HX)
    assert (len(taken_by(person)), draft(person)) == (1, None)


def test_other_answers_soon_after_begin_a_new_test(client, person):
    trajectories.self_test(person)
    client.post(fill(1), {"pf1": "5", "act": "save"}, headers=HX)
    assert draft(person) == {"pf1": 5}


def test_finishing_nothing_asks_for_answers(client, person):
    answer = client.post(fill(4), {"act": "finish"}, follow=True)
    assert words(answer).count("Beantwoord minstens drie stellingen over:") == 1
    assert all(f"“{factor.name.nl}”" in words(answer) for factor in TEST.factors)


def test_what_was_answered_can_be_erased(client, person):
    client.post(fill(), {"pf1": "4", "act": "save"}, headers=HX)
    answer = client.post(reverse("trajectories:self_test_fill"), {"act": "discard"}, follow=True)
    assert "Wat u had ingevuld, is gewist." in words(answer)
    assert draft(person) is None


@pytest.mark.parametrize(
    ("status", "moments"),
    [
        ("requested", [Moment.APART, Moment.APART]),
        ("intake_done", [Moment.START, Moment.BETWEEN]),
        ("in_progress", [Moment.START, Moment.BETWEEN]),
        ("closing", [Moment.END, Moment.END]),
        ("stopped_early", [Moment.APART, Moment.APART]),
    ],
)
def test_the_moment_follows_the_trajectory(status, moments):
    told = trajectories.walk(status)
    earlier = clock.now() - timedelta(hours=1)
    made = [trajectories.self_test(told.participant, moment=moment) for moment in (earlier, None)]
    assert [test.moment for test in made] == moments
    expected = None if moments[0] == Moment.APART else told.trajectory.pk
    assert {test.trajectory_id for test in made} == {expected}


def test_two_tests_stand_side_by_side_with_the_table_beside_the_chart(client, person):
    """T7-02: the chart shows start and end per factor; the figures stand in the table as well."""
    trajectories.self_test(person, moment=clock.now() - timedelta(days=90), networking=2, balance=4)
    trajectories.self_test(person, networking=4)
    answer = client.get(reverse("trajectories:self_test_compare"))
    shown = words(answer)
    assert "Netwerken 2,0 4,0 +2,0" in shown
    assert "Balans tussen werk, privé en gezondheid 4,0 3,0 −1,0" in shown
    assert "Hoger: 1, lager: 1, gelijk: 6." in shown
    page = answer.content.decode()
    assert page.count('role="img"') == 1
    assert page.count('class="before" width="40"') == 1
    assert page.count('class="used" width="80"') == 1


def test_the_earlier_test_goes_first_however_they_are_chosen(client, person):
    old = trajectories.self_test(person, moment=clock.now() - timedelta(days=9), networking=2)
    new = trajectories.self_test(person, networking=4)
    there = {"first": new.reference, "second": old.reference}
    assert "Netwerken 2,0 4,0 +2,0" in words(client.get(reverse("trajectories:self_test_compare"), there))


def test_comparing_asks_for_two_different_tests_of_ones_own(client, person):
    url = reverse("trajectories:self_test_compare")
    mine = trajectories.self_test(person, moment=clock.now() - timedelta(days=9))
    assert "twee ingevulde tests nodig" in words(client.get(url))
    trajectories.self_test(person)
    same = client.get(url, {"first": mine.reference, "second": mine.reference})
    assert same.status_code == 422
    assert "Kies twee verschillende tests." in words(same)
    theirs = trajectories.self_test(people.employee("Wouter Hoekstra"), networking=1)
    other = client.get(url, {"first": mine.reference, "second": theirs.reference})
    assert other.status_code == 422
    assert "Verschil" not in words(other)


def test_the_start_of_the_same_trajectory_is_compared_first():
    told = trajectories.walk("in_progress")
    moments = [clock.now() - timedelta(days=days) for days in (3, 2, 1)]
    before = trajectories.self_test(people.employee("Iemand Anders"))
    tests = [trajectories.self_test(told.participant, moment=moment) for moment in moments]
    pair = self_tests.pair_to_compare([tests[2], tests[1], tests[0], before])
    assert pair == (tests[0], tests[2])


def test_erasing_asks_first_and_then_leaves_nothing(client):
    told = trajectories.walk("in_progress")
    share = trajectories.shared_self_test(told)
    client.force_login(told.participant)
    url = page_of(share.test, "delete")
    assert "Niemand kan de test terughalen." in words(client.get(url))
    assert len(taken_by(told.participant)) == 1
    assert "De test is voorgoed gewist." in words(client.post(url, follow=True))
    assert taken_by(told.participant) == []
    with viewing(told.participant):
        assert SelfTestShare.objects.count() == 0
    assert client.post(url).status_code == 404


@pytest.mark.parametrize("name", ["result", "share", "delete"])
def test_anothers_test_is_not_there(client, person, name):
    theirs = trajectories.self_test(people.employee("Wouter Hoekstra"))
    assert client.get(page_of(theirs, name)).status_code == 404
    assert client.post(page_of(theirs, name)).status_code == (405 if name == "result" else 404)


def test_every_page_asks_to_sign_in_and_acts_refuse_get(client):
    told = trajectories.walk("in_progress")
    share = trajectories.shared_self_test(told)
    for name in ("self_test", "self_test_fill", "self_test_compare"):
        assert "/login/" in client.get(reverse(f"trajectories:{name}"))["Location"]
    client.force_login(told.participant)
    assert client.get(reverse("trajectories:self_test_withdraw", args=[share.reference])).status_code == 405


def queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


def test_lists_cost_the_same_with_one_test_or_three(client):
    told = trajectories.walk("in_progress")
    trajectories.shared_self_test(told, networking=1)
    client.force_login(told.participant)
    case = reverse("trajectories:page", args=[told.trajectory.reference])
    urls = [reverse("trajectories:self_test"), reverse("mine"), case]
    one = [queries(client, url) for url in urls]
    for hours in (30, 20):
        trajectories.self_test(told.participant, moment=clock.now() - timedelta(hours=hours))
        trajectories.shared_self_test(told, networking=hours // 10)
    assert [queries(client, url) for url in urls] == one
    (newest, *_rest) = taken_by(told.participant)
    assert queries(client, page_of(newest)) <= 20


def test_the_outcome_names_published_offerings_for_the_lowest_factors_only(client, person):
    factors = {
        factor.key: CareerFactor.objects.create(
            key=factor.key, order=number, label_nl=factor.name.nl, label_en=factor.name.en
        )
        for number, factor in enumerate(TEST.factors)
    }
    for title, key, status in (
        ("Netwerken voor beginners", "networking", "published"),
        ("Netwerken in de maak", "networking", "draft"),
        ("Balans bewaren", "balance", "published"),
    ):
        catalog.offering(title, status=status).career_factors.add(factors[key])
    test = trajectories.self_test(person, usual=4, networking=1)
    shown = words(client.get(page_of(test)))
    assert "Netwerken voor beginners" in shown
    assert "Netwerken in de maak" not in shown
    assert "Balans bewaren" not in shown


def test_all_high_says_so(client, person):
    test = trajectories.self_test(person, usual=5)
    assert "Al uw scores zijn hoog." in words(client.get(page_of(test)))


def test_the_offering_leads_to_the_test(client):
    catalog.offering("Zelftest loopbaanfactoren", key="career_factor_self_test", slug="zelftest")
    page = client.get(reverse("catalog:offering", args=["zelftest"])).content.decode()
    assert f'href="{reverse("trajectories:self_test")}"' in page
    catalog.offering("Een workshop", slug="workshop")
    other = client.get(reverse("catalog:offering", args=["workshop"])).content.decode()
    assert reverse("trajectories:self_test") not in other
