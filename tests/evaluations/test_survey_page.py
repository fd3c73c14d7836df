"""The survey by its secret link."""

import logging
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from evaluations.enums import Kind, State
from evaluations.models import Draft, Response
from portal import clock
from portal.privacy.logs import Formatter
from tests.factories import evaluations, people
from tests.factories.database import as_owner

pytestmark = pytest.mark.django_db
ANSWERS = evaluations.CLOSING_ANSWERS
SEND = {"act": "send"}


def sheets() -> list[Response]:
    with as_owner():
        return list(Response.objects.select_related("faculty"))


def drafts() -> list[dict[str, Any]]:
    with as_owner():
        return [draft.answers for draft in Draft.objects.all()]


def words(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_link_opens_the_survey_without_signing_in(client: Client) -> None:
    survey = evaluations.survey()
    response = client.get(survey.address())
    assert response.status_code == 200
    assert "Evaluatie bij afsluiting" in words(response)
    assert words(response).count('class="question') == 15  # 14 questions and the buttons


def test_promise_stands_before_the_first_question(client: Client) -> None:
    text = words(client.get(evaluations.survey().address("en")))
    assert text.index("This survey is confidential") < text.index("Question 1 of 14")


def test_page_tells_no_other_site_where_it_is(client: Client) -> None:
    response = client.get(evaluations.survey().address())
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"


def test_signed_in_person_is_not_named_on_the_page(client: Client) -> None:
    survey = evaluations.survey()
    client.force_login(people.user("Willemijn Onmiskenbaar"))
    assert "Onmiskenbaar" not in words(client.get(survey.address()))


def test_both_languages_and_a_switch_on_the_same_link(client: Client) -> None:
    survey = evaluations.survey()
    english = words(client.get(survey.address("en")))
    assert "I am happy with the trajectory as a whole." in english
    assert f'href="{survey.address("nl")}"' in english


def test_short_form_asks_the_short_list_only(client: Client) -> None:
    text = words(client.get(evaluations.survey(is_short=True).address()))
    assert (
        re.findall(r'name="(ce\d+)" value="[^"]*" (?:[^>]*)id="id_ce\d+_0"', text) or "Vraag 1 van 7" in text
    )
    assert 'name="ce2"' in text
    assert 'name="ce1"' not in text


def test_draft_is_kept_and_shown_again(client: Client) -> None:
    survey = evaluations.survey()
    response = client.post(survey.address(), {"act": "save", "ce2": "4", "ce14": "Minder formulieren."})
    assert response.status_code == 302
    assert drafts() == [{"ce2": "4", "ce14": "Minder formulieren."}]
    text = words(client.get(response["Location"]))
    assert "2 van 14 beantwoord" in text
    assert "Minder formulieren." in text
    assert not sheets()


def test_saving_as_you_go_answers_with_the_progress_only(client: Client) -> None:
    survey = evaluations.survey()
    response = client.post(survey.address(), {"act": "save", "ce2": "4"}, headers={"HX-Request": "true"})
    assert words(response).startswith('<p class="progress')
    assert "1 van 14 beantwoord, bewaard" in words(response)


def test_draft_is_encrypted_in_the_database(client: Client) -> None:
    client.post(evaluations.survey().address(), {"act": "save", "ce14": "Herkenbaar geheim"})
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("select string_agg(evaluations_draft::text, ' ') from evaluations_draft")
        (row,) = cursor.fetchone()
    assert row
    assert "Herkenbaar" not in row


def test_sending_makes_one_sheet_and_closes_the_link(client: Client) -> None:
    survey = evaluations.survey()
    client.post(survey.address(), {"act": "save", "ce2": "2"})
    response = client.post(
        survey.address(), {**ANSWERS, **SEND, "ce10": ["balance", "reflection"], "ce14": "Dank."}
    )
    assert (response.status_code, response["Location"]) == (302, survey.address())
    (sheet,) = sheets()
    assert sheet.choices == {**ANSWERS, "ce10": ["balance", "reflection"]}
    assert sheet.texts == {"ce14": "Dank."}
    assert sheet.period == f"{clock.today().year}Q{(clock.today().month + 2) // 3}"
    assert survey.fresh.state == State.ANSWERED
    assert not drafts()
    assert "Uw antwoorden zijn verstuurd" in words(client.get(survey.address()))


def test_link_to_the_trajectory_is_kept_encrypted(client: Client) -> None:
    survey = evaluations.survey()
    client.post(survey.address(), {**ANSWERS, **SEND})
    (sheet,) = sheets()
    assert sheet.link == survey.invitation.reference
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("select evaluations_response::text from evaluations_response")
        (row,) = cursor.fetchone()
    assert survey.invitation.reference not in row
    assert str(clock.today()) not in row


def test_sending_twice_counts_once(client: Client) -> None:
    survey = evaluations.survey()
    for _click in range(2):
        client.post(survey.address(), {**ANSWERS, **SEND})
    assert len(sheets()) == 1


@pytest.mark.parametrize("language", ["nl", "en"])
def test_missing_answers_are_named_and_the_rest_is_kept(client: Client, language: str) -> None:
    survey = evaluations.survey()
    given = {key: value for key, value in ANSWERS.items() if key not in ("ce2", "ce8")}
    response = client.post(survey.address(language), {**given, **SEND, "ce13": "Typed by me"})
    text = words(response)
    assert response.status_code == 422
    assert {"nl": "2 vragen verdienen uw aandacht", "en": "2 questions need your attention"}[language] in text
    assert 'href="#id_ce2_0"' in text
    assert "Typed by me" in text
    assert drafts() == [{**given, "ce13": "Typed by me"}]
    assert not sheets()


@pytest.mark.parametrize(
    ("key", "value"), [("ce2", "6"), ("ce2", "0"), ("ce1", "11"), ("ce8", "hacked"), ("ce10", "money")]
)
def test_forged_values_are_refused(client: Client, key: str, value: str) -> None:
    survey = evaluations.survey()
    response = client.post(survey.address(), {**ANSWERS, **SEND, key: value})
    assert response.status_code == 422
    assert not sheets()
    assert survey.fresh.state == State.SENT


def test_unknown_fields_are_not_kept(client: Client) -> None:
    client.post(evaluations.survey().address(), {**ANSWERS, **SEND, "state": "answered", "xx": "1"})
    assert sheets()[0].choices == ANSWERS


def test_a_megabyte_of_text_gets_a_clear_answer_and_is_not_kept(client: Client) -> None:
    survey = evaluations.survey()
    response = client.post(survey.address("en"), {**ANSWERS, **SEND, "ce14": "x" * 1_000_000})
    assert response.status_code == 422
    assert "at most 4000 characters" in words(response)
    assert drafts() == [ANSWERS]
    assert not sheets()


def test_null_bytes_are_refused(client: Client) -> None:
    survey = evaluations.survey()
    assert client.post(survey.address(), {**ANSWERS, **SEND, "ce14": "a\0b"}).status_code == 400
    assert not sheets()


@pytest.mark.parametrize(
    ("fields", "status", "sentence"),
    [
        ({"closes_on": clock.today() - timedelta(days=1)}, 410, "This survey is closed"),
        ({"state": State.EXPIRED}, 410, "This survey is closed"),
        ({"state": State.CANCELLED}, 410, "This survey is no longer needed"),
        ({"state": State.ANSWERED}, 200, "Your answers have been sent"),
    ],
)
def test_links_whose_time_is_over_say_so_and_take_nothing(
    client: Client, fields, status: int, sentence: str
) -> None:
    survey = evaluations.survey(**fields)
    for response in (
        client.get(survey.address("en")),
        client.post(survey.address("en"), {**ANSWERS, **SEND}),
    ):
        assert response.status_code == status
        assert sentence in words(response)
    assert not sheets()
    assert not drafts()


@pytest.mark.parametrize("token", ["x", "x" * 300, "né-à", "%F0%9F%98%80"])
def test_unknown_link_says_so_without_a_name(client: Client, token: str) -> None:
    response = client.get(f"/en/survey/{token}/")
    assert response.status_code == 404
    assert "We do not know this link" in words(response)


def test_survey_can_be_answered_on_its_last_day(client: Client) -> None:
    survey = evaluations.survey(closes_on=clock.today())
    assert client.get(survey.address()).status_code == 200


def test_other_methods_are_refused(client: Client) -> None:
    assert client.delete(evaluations.survey().address()).status_code == 405


def test_one_link_does_not_open_another_survey(client: Client) -> None:
    first, second = evaluations.survey(), evaluations.survey()
    client.post(first.address(), {"act": "save", "ce14": "Van de eerste"})
    assert "Van de eerste" not in words(client.get(second.address()))


def test_works_after_leaving_the_university(client: Client) -> None:
    person = people.user(is_active=False)
    survey = evaluations.survey(evaluations.trajectory(participant=person), kind=Kind.FOLLOW_UP)
    assert "Zes maanden later" in words(client.get(survey.address()))


def test_log_does_not_hold_the_link(client: Client, caplog) -> None:
    survey = evaluations.survey(state=State.EXPIRED)
    client.get(survey.address())
    handler = next(h for h in logging.getLogger().handlers if isinstance(h.formatter, Formatter))
    lines = [handler.format(record) for record in caplog.records]
    assert any("/nl/vragenlijst/[hidden]/" in line for line in lines)
    assert survey.token not in " ".join(lines)
