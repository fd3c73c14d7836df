"""The three notebooks: who reads, drafts, versions, two devices, search, paper, and what people paste."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.privacy.viewer import viewing
from tests.factories import people, trajectories
from trajectories.enums import Notebook
from trajectories.forms.pasted import clean, has_word_markup, without_markup
from trajectories.models import NotebookEntry, NoteDraft

pytestmark = pytest.mark.django_db
OWN, SHARED = Notebook.OWN_PARTICIPANT, Notebook.SHARED
WORD = (
    "<!--[if gte mso 9]><xml><w:WordDocument>x</w:WordDocument></xml><![endif]-->"
    "<style>p.MsoNormal {mso-style-parent:''}</style>"
    "<p class=MsoNormal>Ik wil <b>iets</b> met&nbsp;mensen<o:p></o:p></p><ul><li>rust</li><li>ruimte</li></ul>"
)


@pytest.fixture
def told():
    return trajectories.walk("in_progress")


def address(told, book=OWN, name="notebook", *more):
    return reverse(f"trajectories:{name}", args=[told.trajectory.reference, book, *more])


def notes_of(person, **which):
    with viewing(person):
        return [row.text for row in NotebookEntry.objects.filter(**which).order_by("pk")]


def note_of(person, **which):
    with viewing(person):
        return NotebookEntry.objects.select_related("trajectory").get(**which)


def queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as found:
        page = client.get(url)
    assert page.status_code == 200
    return len(found), page.content.decode()


@pytest.mark.parametrize(
    ("who", "book", "sentence"),
    [
        ("participant", OWN, "Uw adviseur niet, uw leidinggevende niet en HR niet."),
        ("participant", SHARED, "U en Mirjam de Wit lezen dit, en verder niemand."),
        ("advisor", SHARED, "U en Samira el Idrissi lezen dit, en verder niemand."),
        ("advisor", Notebook.OWN_ADVISOR, "Samira el Idrissi ziet dit hier niet"),
    ],
)
def test_editor_says_in_words_who_reads(client, told, who, book, sentence):
    client.force_login(told.participant if who == "participant" else told.advisor.user)
    assert sentence in client.get(address(told, book)).content.decode()


def test_list_costs_the_same_with_one_note_three_or_fifty(client, told):
    client.force_login(told.participant)
    counts, page = [], ""
    for goal in (1, 3, 50):
        with viewing(told.participant):
            have = NotebookEntry.objects.filter(kind=OWN).count()
            rows = [
                NotebookEntry(
                    trajectory=told.trajectory, kind=OWN, author=told.participant, text=f"Notitie {number}"
                )
                for number in range(have, goal)
            ]
            NotebookEntry.objects.bulk_create(rows)
        count, page = queries(client, address(told))
        counts.append(count)
    assert counts == [counts[0]] * 3
    assert page.count("<article") == 10
    assert "50 notities" in page
    assert "Notitie 0" not in page
    assert "Notitie 0" in client.get(address(told), {"page": 5}).content.decode()


def test_typing_is_kept_for_its_writer_only(client, told):
    client.force_login(told.participant)
    typed = {"text": "Half", "keep": "typing", "device": "telefoon", "seen": "0"}
    answer = client.post(address(told, SHARED), typed, headers={"HX-Request": "true"})
    assert "Bewaard om" in answer.content.decode()
    assert notes_of(told.participant, kind=SHARED) == []
    with viewing(told.advisor.user):
        assert not NoteDraft.objects.exists()
    assert "Half" in client.get(address(told, SHARED)).content.decode()
    client.post(address(told, SHARED), {"text": "Helemaal.", "device": "telefoon", "seen": "0"})
    with viewing(told.participant):
        assert not NoteDraft.objects.exists()
    assert notes_of(told.advisor.user, kind=SHARED) == ["Helemaal."]


def test_second_device_is_told_and_the_first_draft_stays(client, told):
    client.force_login(told.participant)
    first = {"text": "Op de telefoon", "keep": "typing", "device": "telefoon", "seen": "0"}
    client.post(address(told), first, headers={"HX-Request": "true"})
    second = {"text": "Op de laptop", "keep": "typing", "device": "laptop", "seen": "0"}
    answer = client.post(address(told), second, headers={"HX-Request": "true"}).content.decode()
    assert "Op een ander apparaat van u is hier om" in answer
    without_script = client.post(address(told), second | {"keep": "yes"})
    assert without_script.status_code == 422
    assert "Op de laptop" in without_script.content.decode()
    client.post(address(told), {"text": "Op de laptop", "device": "laptop", "seen": "0"})
    assert notes_of(told.participant, kind=OWN) == ["Op de laptop"]
    with viewing(told.participant):
        assert NoteDraft.objects.get().text == "Op de telefoon"


def test_draft_can_be_thrown_away(client, told):
    told.draft("Weg ermee")
    client.force_login(told.participant)
    client.post(address(told), {"text": "Weg ermee", "keep": "no"})
    with viewing(told.participant):
        assert not NoteDraft.objects.exists()


def test_change_keeps_the_earlier_version(client, told):
    told.note(SHARED, "Eerst zo.")
    row = note_of(told.participant, kind=SHARED)
    client.force_login(told.participant)
    client.post(address(told, SHARED, "note", row.reference), {"text": "Nu zo.", "version": "1"})
    assert notes_of(told.advisor.user, kind=SHARED) == ["Nu zo."]
    for reader in (told.participant, told.advisor.user):
        client.force_login(reader)
        page = client.get(address(told, SHARED, "note_earlier", row.reference)).content.decode()
        assert "Eerst zo." in page
        assert "Nu zo." in page


def test_change_on_two_devices_loses_nothing(client, told):
    told.note(OWN, "Begin.")
    row = note_of(told.participant, kind=OWN)
    url = address(told, OWN, "note", row.reference)
    client.force_login(told.participant)
    client.post(url, {"text": "Van de telefoon.", "version": "1"})
    late = client.post(url, {"text": "Van de laptop.", "version": "1"})
    page = late.content.decode()
    assert late.status_code == 409
    assert "intussen op een ander apparaat veranderd" in page
    assert "Van de telefoon." in page
    assert "Van de laptop." in page
    assert 'name="version" value="2"' in page
    client.post(url, {"text": "Samen.", "version": "2"})
    assert notes_of(told.participant, kind=OWN) == ["Samen."]
    earlier = client.get(url).content.decode()
    assert "Begin." in earlier
    assert "Van de telefoon." in earlier


def test_nobody_changes_the_note_of_the_other(client, told):
    told.note(SHARED, "Van de deelnemer.")
    row = note_of(told.participant, kind=SHARED)
    client.force_login(told.advisor.user)
    url = address(told, SHARED, "note", row.reference)
    assert client.get(url).status_code == 404
    assert client.post(url, {"text": "Anders.", "version": "1"}).status_code == 404
    assert notes_of(told.participant, kind=SHARED) == ["Van de deelnemer."]


def test_search_finds_after_decryption_and_leaves_no_word_in_the_address(client, told):
    told.note(OWN, "Een café in Groningen.")
    told.note(OWN, "Iets anders.")
    client.force_login(told.participant)
    answer = client.post(address(told), {"words": "CAFE groningen"})
    page = answer.content.decode()
    assert "Een café in Groningen." in page
    assert "Iets anders." not in page
    assert "cafe" not in answer.request["QUERY_STRING"].lower()
    assert notes_of(told.participant, kind=OWN) == ["Een café in Groningen.", "Iets anders."]


def test_advisor_searches_only_what_the_advisor_wrote(client, told):
    """Decision 23: searching is for the owner."""
    told.note(SHARED, "Appel van de deelnemer.")
    told.note(SHARED, "Appel van de adviseur.", by=told.advisor.user)
    found = {}
    for name, person in (("participant", told.participant), ("advisor", told.advisor.user)):
        client.force_login(person)
        found[name] = client.post(address(told, SHARED), {"words": "appel"}).content.decode()
    assert "Appel van de deelnemer." in found["participant"]
    assert "Appel van de adviseur." in found["participant"]
    assert "Appel van de deelnemer." not in found["advisor"]
    assert "Appel van de adviseur." in found["advisor"]


def test_paper_holds_every_note_oldest_first(client, told):
    for number in range(12):
        told.note(OWN, f"Notitie {number:02}")
    client.force_login(told.participant)
    page = client.get(address(told, OWN, "print_notes")).content.decode()
    assert page.count("<article") == 12
    assert page.index("Notitie 00") < page.index("Notitie 11")
    assert reverse("trajectories:note", args=[told.trajectory.reference, OWN, "a" * 12])[:20] in page


def test_a_hundred_thousand_signs_come_back_with_a_clear_answer(client, told):
    client.force_login(told.participant)
    text = "woord " * 17_000
    answer = client.post(address(told), {"text": text})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "101999 tekens en er passen er 20000" in page
    assert text.strip() in page
    assert 'maxlength="20000"' not in page
    assert notes_of(told.participant, kind=OWN) == []


def test_word_markup_is_left_out_and_that_is_said(client, told):
    client.force_login(told.participant)
    page = client.post(address(told), {"text": WORD}, follow=True).content.decode()
    assert notes_of(told.participant, kind=OWN) == ["Ik wil iets met mensen\n\n- rust\n- ruimte"]
    assert "De opmaak van de tekstverwerker is weggelaten" in page


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\r\nb\rc\x0bd", "a\nb\nc\nd"),
        ("nul\x00 en\u200b zacht\xa0wit", "nul en zacht wit"),
        ("kleiner < dan en <b>vet</b>", "kleiner < dan en <b>vet</b>"),
    ],
)
def test_signs_that_nobody_sees_go_out(typed, kept):
    assert clean(typed) == kept
    assert not has_word_markup(kept)


def test_markup_that_never_ends_is_read_fast():
    assert "woord" in without_markup("<p class=MsoNormal>woord" + "<!--[if" * 20_000)


def test_strangers_find_no_notebook(client, told):
    told.note(SHARED, "Geheim.")
    row = note_of(told.participant, kind=SHARED)
    client.force_login(people.employee("Iemand Anders"))
    pages = [address(told, SHARED), address(told, SHARED, "print_notes")]
    pages += [address(told, SHARED, name, row.reference) for name in ("note", "note_earlier")]
    assert [client.get(page).status_code for page in pages] == [404] * 4
    client.force_login(told.participant)
    assert client.get(address(told, Notebook.OWN_ADVISOR)).status_code == 404
