"""The workbook: the participant's, kept while typing, shared per chapter and withdrawn again."""

import pytest
from django.urls import reverse

from portal.privacy.models import DossierRead
from portal.privacy.viewer import viewing
from tests.factories import trajectories
from trajectories import services
from trajectories.errors import NotYours, Stale
from trajectories.models import WorkbookChapter
from trajectories.queries.workbook import chapters

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def told():
    return trajectories.walk("in_progress")


def page(told, name="workbook", **parts):
    return reverse(f"trajectories:{name}", kwargs={"reference": told.trajectory.reference, **parts})


def answers(told, key="who_am_i"):
    with viewing(told.participant):
        return WorkbookChapter.objects.get(key=key).answers


def test_there_are_three_chapters_with_prompts_in_both_languages():
    """H2.2-03: who am I, what can I, what do I want."""
    assert list(chapters()) == ["who_am_i", "what_can_i", "what_do_i_want"]
    for chapter in chapters().values():
        assert len(chapter.prompts) == 5
        for item in chapter.prompts:
            assert all((item.label.nl, item.label.en, item.help.nl, item.help.en))


def test_the_button_keeps_a_chapter(client, told):
    client.force_login(told.participant)
    url = page(told, "workbook_chapter", chapter="who_am_i")
    assert client.post(url, {"values": "Eerlijk zijn.", "version": "0"}).status_code == 302
    assert answers(told)["values"] == "Eerlijk zijn."
    assert "Eerlijk zijn." in client.get(url).content.decode()
    assert "Eerlijk zijn." in client.get(page(told)).content.decode()


def test_typing_is_kept_quietly_and_goes_on_from_the_new_version(client, told):
    client.force_login(told.participant)
    url = page(told, "workbook_chapter", chapter="who_am_i")
    typed = {"values": "Eerl", "version": "0", "keep": "typing"}
    answer = client.post(url, typed, headers=HTMX).content.decode()
    assert "Bewaard om" in answer
    assert 'value="1"' in answer
    assert "hx-swap-oob" in answer
    client.post(url, {**typed, "values": "Eerlijk", "version": "1"}, headers=HTMX)
    assert answers(told)["values"] == "Eerlijk"


def test_two_windows_lose_nothing(client, told):
    client.force_login(told.participant)
    url = page(told, "workbook_chapter", chapter="who_am_i")
    client.post(url, {"values": "Van mijn telefoon.", "version": "0"})
    old = {"values": "Van mijn laptop.", "version": "0"}
    quiet = client.post(url, {**old, "keep": "typing"}, headers=HTMX).content.decode()
    assert "Deze pagina is veranderd nadat u haar opende." in quiet
    late = client.post(url, old)
    assert late.status_code == 409
    assert "Van mijn laptop." in late.content.decode()
    assert answers(told)["values"] == "Van mijn telefoon."


def test_the_advisor_reads_what_is_shared_and_no_longer_after_withdrawing(client, told):
    told.workbook("who_am_i", text="Voor mijzelf.")
    told.workbook("what_can_i", share=True, text="Voor ons.")
    client.force_login(told.advisor.user)
    seen = client.get(page(told)).content.decode()
    assert ("Voor ons." in seen, "Voor mijzelf." in seen) == (True, False)
    client.force_login(told.participant)
    share = page(told, "share_chapter", chapter="what_can_i")
    assert client.post(share, {"share": "no"}).status_code == 302
    client.force_login(told.advisor.user)
    assert "Voor ons." not in client.get(page(told)).content.decode()
    with viewing(told.advisor.user):
        assert not WorkbookChapter.objects.exists()


def test_the_participant_sees_that_the_advisor_looked(client, told):
    told.workbook(share=True)
    client.force_login(told.advisor.user)
    client.get(page(told))
    with viewing(told.participant):
        assert DossierRead.objects.filter(what="workbook", reader=told.advisor.user).exists()


def test_the_editor_says_who_reads_along(client, told):
    client.force_login(told.participant)
    url = page(told, "workbook_chapter", chapter="who_am_i")
    assert client.get(url).content.decode().count("sees--own") == 5
    told.workbook("who_am_i", share=True)
    shown = client.get(url).content.decode()
    assert shown.count("sees--shared") == 5
    assert "sees--own" not in shown


def test_the_advisor_writes_and_shares_nothing(told):
    with viewing(told.advisor.user):
        for act, more in (
            (services.save_chapter, {"answers": {}}),
            (services.share_chapter, {"share": True}),
        ):
            with pytest.raises(NotYours):
                act(actor=told.advisor.user, trajectory=told.trajectory, key="who_am_i", **more)


def test_an_older_version_is_recognised_but_the_same_words_are_no_conflict(told):
    case = {"actor": told.participant, "trajectory": told.trajectory, "key": "who_am_i"}
    with viewing(told.participant):
        row = services.save_chapter(**case, answers={"values": "Rust."}, version=0)
        assert services.save_chapter(**case, answers={"values": "Rust."}, version=0).version == row.version
        with pytest.raises(Stale):
            services.save_chapter(**case, answers={"values": "Reuring."}, version=0)


def test_unknown_chapters_do_not_exist(client, told):
    client.force_login(told.participant)
    assert client.get(page(told, "workbook_chapter", chapter="horoscope")).status_code == 404
    assert client.post(page(told, "share_chapter", chapter="horoscope")).status_code == 404


def test_a_request_that_can_be_taken_back_has_no_workbook(client):
    told = trajectories.walk("requested")
    client.force_login(told.participant)
    assert client.get(page(told)).status_code == 404
    assert client.get(page(told, "workbook_chapter", chapter="who_am_i")).status_code == 404
