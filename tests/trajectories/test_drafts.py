"""What an advisor types in intake, alignment and agreement is kept while typing, for nobody but that advisor."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.html import strip_tags

from portal.privacy.viewer import viewing
from tests.factories import advisors, people, trajectories
from tests.trajectories.pagetext import words
from trajectories.models import Agreement, ClientPoint, IntakeAspect, PageDraft, RequestDraft, Trajectory

pytestmark = pytest.mark.django_db
TYPED = "Half opgeschreven"
HTMX = {"HX-Request": "true"}
# Page, where the case stands, a field for words, and what the button asks for besides.
PAGES = [
    ("intake", "intake_planned", "question_clear_note"),
    ("client", "client_alignment", "client_reporting"),
    ("agreement_edit", "intake_done", "question_and_goal"),
]


def address(told, page):
    return reverse(f"trajectories:{page}", args=[told.trajectory.reference])


def typing(client, told, page, device="pagina", **values: Any):
    data = {"version": told.trajectory.version, "device": device, "keep": "typing", **values}
    answer = client.post(address(told, page), data, headers=HTMX)
    assert answer.status_code == 200
    return " ".join(strip_tags(answer.content.decode()).split())


@pytest.mark.parametrize(("page", "status", "field"), PAGES)
def test_typing_is_kept_for_its_writer_only_and_changes_nothing_else(client, page, status, field):
    told = trajectories.walk(status)
    version = told.trajectory.version
    with viewing(told.participant):
        before = [model.objects.count() for model in (IntakeAspect, ClientPoint, Agreement)]
    client.force_login(told.advisor.user)
    assert typing(client, told, page, **{field: TYPED, "talks": "geen getal"}).startswith("Bewaard om ")
    assert typing(client, told, page, **{field: TYPED + "."}).startswith("Bewaard om ")
    assert told.trajectory.version == version
    shown = client.get(address(told, page)).content.decode()
    assert TYPED + "." in shown
    assert "Bewaard om" in shown
    with viewing(told.participant):
        assert [model.objects.count() for model in (IntakeAspect, ClientPoint, Agreement)] == before
    others = (told.participant, told.coordinator, advisors.advisor("Joost Ander").user)
    for person in others:
        with viewing(person):
            assert not PageDraft.objects.exists()
    with viewing(told.advisor.user):
        assert PageDraft.objects.get().version == 2


@pytest.mark.parametrize(("page", "status", "field"), PAGES)
def test_second_window_is_told_and_overwrites_nothing(client, page, status, field):
    told = trajectories.walk(status)
    client.force_login(told.advisor.user)
    typing(client, told, page, **{field: TYPED})
    told_so = typing(client, told, page, device="ander", **{field: "Iets anders"})
    assert told_so.startswith("Op een ander apparaat van u is hier om ")
    assert told_so.endswith("Wat u hier typt, wordt pas bewaard als u de knop gebruikt.")
    with viewing(told.advisor.user):
        assert PageDraft.objects.get().body[field] == TYPED
    assert typing(client, told, page, device="ander", draft=1, **{field: "Verder"}).startswith("Bewaard")


@pytest.mark.parametrize(("page", "status", "field"), PAGES)
def test_button_takes_the_draft_along_and_an_older_page_starts_no_new_one(client, page, status, field):
    told = trajectories.walk(status)
    client.force_login(told.advisor.user)
    typing(client, told, page, **{field: TYPED})
    old = told.trajectory.version
    data = {"version": old, field: "Zo is het.", "payer": "central", "question_clear": "done", "keep": "yes"}
    assert client.post(address(told, page), data).status_code == 302
    with viewing(told.advisor.user):
        assert not PageDraft.objects.exists()
    late = typing(client, told, page, version=old, **{field: TYPED})
    assert late.startswith("Deze pagina is veranderd nadat u haar opende")
    shown = client.get(address(told, page)).content.decode()
    assert "Zo is het." in shown
    assert TYPED not in shown


def test_far_too_much_is_kept_whole_and_beyond_all_measure_refused_in_words(client):
    told = trajectories.walk("intake_planned")
    client.force_login(told.advisor.user)
    long = "lang verhaal " * 8_000
    assert typing(client, told, "intake", question_clear_note=long).startswith("Bewaard om ")
    assert long.strip() in client.get(address(told, "intake")).content.decode()
    refused = typing(client, told, "intake", question_clear_note=long * 3)
    assert refused.startswith("Dit is te lang om tijdens het typen te bewaren.")


def test_what_was_typed_stays_with_its_writer_when_the_case_goes_on(client):
    told = trajectories.walk("intake_planned")
    client.force_login(told.advisor.user)
    typing(client, told, "intake", question_clear_note=TYPED)
    told.record_intake()
    late = typing(client, told, "intake", question_clear_note=TYPED)
    assert late.startswith("Deze stap kan nu niet.")


def test_a_request_that_was_sent_leaves_no_draft_behind(client):
    advisors.question_type("other_role_inside")
    person = people.employee()
    client.force_login(person)
    url = reverse("trajectories:request")
    asked = {
        "question": "Wat past?",
        "question_types": ["other_role_inside"],
        "route": "self",
        "frame": "voluntary_policy",
        "language": "nl",
    }
    typed = asked | {"keep": "typing", "device": "pagina"}
    client.post(url, typed, headers=HTMX)
    other = client.post(url, typed | {"device": "telefoon", "question": "Nee"}, headers=HTMX)
    assert "Op een ander apparaat" in other.content.decode()
    assert client.post(url, asked).status_code == 302
    late = client.post(url, typed, headers=HTMX)
    assert "U hebt al een traject dat loopt." in late.content.decode()
    with viewing(person):
        assert Trajectory.objects.get().request.question == "Wat past?"
        assert not RequestDraft.objects.exists()


@pytest.mark.parametrize(("page", "status", "field"), PAGES)
def test_without_scripts_the_button_stays(client, page, status, field):
    told = trajectories.walk(status)
    client.force_login(told.advisor.user)
    answer = client.get(address(told, page))
    assert 'id="kept" role="status"' in answer.content.decode()
    assert 'name="keep"' in answer.content.decode() or page == "client"
    assert "bewaren" in words(answer).lower()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_agreement_as_the_portal_fills_it_in_is_proposed_without_a_question(client, language):
    told = trajectories.walk("intake_done")
    client.force_login(told.advisor.user)
    with translation.override(language):
        url = address(told, "agreement_edit")
    form = client.get(url).context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    data = {name: str(value) for name, value in data.items()} | {"cost": "0", "result_1": "Een keuze."}
    answer = client.post(
        url, data | {"expected_results": "Een keuze.", "participant_input": "Zo.", "propose": "yes"}
    )
    assert (answer.status_code, told.trajectory.status) == (302, "agreement_proposed")
