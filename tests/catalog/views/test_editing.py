"""Editing in pages: both languages, publishing, two editors at once, odd input."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.enums import Act, Status
from catalog.forms.card import Bench
from catalog.models import Offering, OfferingVersion
from catalog.queries.cards import with_parts
from catalog.services.enrolling import enrol
from portal import clock
from portal.people.enums import Role
from portal.people.models import User
from tests.factories import catalog, people

pytestmark = pytest.mark.django_db
DESK = "/nl/aanbod-beheren/"


@pytest.fixture
def editor(client: Client) -> User:
    person = people.holder(Role.EDITOR, "Noor Kok")
    client.force_login(person)
    return person


def address(offering: Offering, more: str = "") -> str:
    return f"{DESK}item/{offering.slug}/{more}"


def filled(offering: Offering, actor: User, **changes: Any) -> dict[str, Any]:
    """Return what a browser sends when an editor changes a few fields of the form."""
    row = with_parts(Offering.objects.all()).get(pk=offering.pk)
    bench = Bench(row, actor)
    fields = [*bench.form, *(field for form in bench.steps for field in form), *bench.steps.management_form]
    sent = {field.html_name: field.value() for field in fields}
    return {
        name: value for name, value in (sent | changes).items() if value is not None and value is not False
    }


def send(client: Client, offering: Offering, actor: User, act: str = "save", **changes: Any) -> Any:
    return client.post(address(offering), filled(offering, actor, act=act, **changes))


def text(response: Any) -> str:
    """Return what a page says, without its tags."""
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(unescape(plain).split())


def fresh(offering: Offering) -> Any:
    return Offering.objects.get(pk=offering.pk)


def test_a_new_workshop_goes_from_nothing_to_published(client: Client, editor: User) -> None:
    """L1: made, written in two languages, published."""
    catalog.offering(owner=editor)
    response = client.post(
        f"{DESK}nieuw/",
        {"kind": "internal_training", "title_nl": "Vlot schrijven", "title_en": "Writing fast"},
    )
    made = Offering.objects.get(slug="vlot-schrijven")
    assert response["Location"] == address(made)
    texts = {
        f"{name}_{code}": f"{name} {code}"
        for name in ("summary", "description", "result", "content", "structure", "fits_when", "fits_not_when")
        for code in ("nl", "en")
    }
    assert send(client, made, editor, act="publish", **texts).status_code == 302
    out = fresh(made)
    assert (out.status, out.owner, out.summary_en) == (Status.PUBLISHED, editor, "summary en")
    assert "Writing fast" in text(client.get("/en/offerings/?q=writing+fast"))


def test_without_a_title_no_draft_is_made_and_the_form_comes_back(client: Client, editor: User) -> None:
    response = client.post(f"{DESK}nieuw/", {"kind": "nonsense"})
    assert response.status_code == 422
    assert "Geef het een titel, in minstens één taal." in text(response)
    assert Offering.objects.count() == 0


def test_what_is_missing_stands_at_its_field_and_the_draft_is_kept(client: Client, editor: User) -> None:
    row = catalog.offering(owner=editor, status=Status.DRAFT, published_on=None)
    response = send(client, row, editor, act="publish", result_nl="", result_en="", cost_eur=50)
    assert response.status_code == 422
    said = text(response)
    assert "Vul ‘Wat levert het op’ in het Nederlands of in het Engels in; liefst in allebei." in said
    assert "Het kost geld, maar geen budget betaalt." in said
    assert (fresh(row).status, fresh(row).result_nl) == (Status.DRAFT, "")
    assert send(client, row, editor, act="publish", result_en="Back", cost_eur=0).status_code == 302
    assert fresh(row).status == Status.PUBLISHED


def test_it_is_scheduled_with_a_moment(client: Client, editor: User) -> None:
    """L1: schedule."""
    row = catalog.offering(owner=editor, status=Status.DRAFT, published_on=None)
    past = send(client, row, editor, act="publish", publish_at="2020-01-01T09:00")
    assert past.status_code == 422
    assert "Kies een moment dat nog komt" in text(past)
    soon = (clock.now() + timedelta(days=3)).astimezone(clock.AMSTERDAM)
    assert send(client, row, editor, act="publish", publish_at=f"{soon:%Y-%m-%dT%H:%M}").status_code == 302
    assert fresh(row).status == Status.SCHEDULED
    assert "Ingepland" in text(client.get(address(row)))
    later = f"{soon + timedelta(days=1):%Y-%m-%dT%H:%M}"
    assert send(client, row, editor, publish_at=later).status_code == 302
    moved = fresh(row)
    assert (f"{moved.publish_at.astimezone(clock.AMSTERDAM):%Y-%m-%dT%H:%M}", moved.status) == (
        later,
        "scheduled",
    )


def test_a_published_card_gets_a_last_moment(client: Client, editor: User) -> None:
    """L1: schedule."""
    row = catalog.offering(owner=editor)
    soon = (clock.now() + timedelta(days=3)).astimezone(clock.AMSTERDAM)
    assert send(client, row, editor, unpublish_at=f"{soon:%Y-%m-%dT%H:%M}").status_code == 302
    assert fresh(row).unpublish_at.date() == soon.date()
    assert send(client, row, editor, unpublish_at="").status_code == 302
    assert fresh(row).unpublish_at is None


def test_a_missing_translation_is_shown_to_the_editor_and_labelled_for_readers(
    client: Client, editor: User
) -> None:
    """L1: missing translation."""
    row = catalog.offering(owner=editor)
    send(client, row, editor, result_nl="", result_en="You **write** faster.")
    assert "Ontbreekt in het Nederlands" in text(client.get(address(row)))
    page = client.get(f"/nl/aanbod/{row.slug}/").content.decode()
    assert re.search(r'<div lang="en"[^>]*>\s*<p[^>]*>You <strong>write</strong> faster.</p>', page)
    assert "Alleen in het Engels" in page
    assert "In English only" not in client.get(f"/en/offerings/{row.slug}/").content.decode()


def test_without_words_for_the_time_readers_see_the_hours_and_enter_saves(
    client: Client, editor: User
) -> None:
    """The first button of a form is what Enter in a field presses: here that is not publishing."""
    row = catalog.offering(owner=editor, hours=4)
    send(client, row, editor, time_text_nl="", time_text_en="")
    assert client.get(f"/nl/aanbod/{row.slug}/").content.decode().count("4 uur") == 2
    row = catalog.offering(owner=editor, status=Status.DRAFT)
    buttons = re.findall(r'type="submit" name="act" value="(\w+)"', client.get(address(row)).content.decode())
    assert buttons[0] == "save"


def test_script_in_markdown_does_nothing(client: Client, editor: User) -> None:
    row = catalog.offering(owner=editor)
    bad = "<script>alert(1)</script> [x](javascript:alert(2)) <img src=x onerror=alert(3)> **goed**"
    assert send(client, row, editor, description_nl=bad, title_nl="<b>Titel</b>").status_code == 302
    pages = [
        client.get(f"/nl/aanbod/{row.slug}/"),
        client.get(address(row)),
        client.post(address(row), filled(row, editor, act="preview"), headers={"HX-Request": "true"}),
        client.get(address(row, "versies/")),
        client.get("/nl/aanbod/"),
    ]
    for page in pages:
        html = page.content.decode()
        assert page.status_code == 200
        assert not re.search(r"<script>|<img src=x|href=\"javascript|<b>Titel", html)
    assert "<strong>goed</strong>" in pages[0].content.decode()


def test_the_preview_saves_nothing_and_keeps_what_was_typed(client: Client, editor: User) -> None:
    row = catalog.offering(owner=editor)
    data = filled(
        row, editor, act="preview", description_en="", description_nl="Een *nieuwe* tekst", title_nl="Anders"
    )
    whole = client.post(address(row), data).content.decode()
    assert "<em>nieuwe</em>" in whole
    assert 'value="Anders"' in whole
    part = client.post(address(row), data, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="preview"')
    assert part.count("<em>nieuwe</em>") == 2
    assert "Alleen in het Nederlands" in part
    assert fresh(row).version == 1


def test_the_second_of_two_editors_is_told_sees_both_texts_and_loses_nothing(
    client: Client, editor: User
) -> None:
    row = catalog.offering(owner=editor)
    stale = filled(row, editor, act="save", title_nl="Mijn titel", result_nl="Mijn resultaat", cost_eur=0)
    other = people.holder(Role.EDITOR, "Ada Prins")
    second = Client()
    second.force_login(other)
    assert send(second, row, other, title_nl="Hun titel", summary_nl="Hun samenvatting").status_code == 302
    response = client.post(address(row), stale)
    assert response.status_code == 409
    said = text(response)
    assert "Ada Prins heeft dit item opgeslagen terwijl u schreef" in said
    assert "Hun titel" in said
    html = response.content.decode()
    for kept in ('value="Mijn titel"', "Mijn resultaat", "Hun samenvatting", 'name="version" value="2"'):
        assert kept in html
    assert fresh(row).title_nl == "Hun titel"
    again = send(client, row, editor, title_nl="Mijn titel", result_nl="Mijn resultaat")
    assert again.status_code == 302
    assert (fresh(row).title_nl, fresh(row).summary_nl) == ("Mijn titel", "Hun samenvatting")


def test_a_text_that_is_too_long_comes_back_and_a_huge_one_gets_a_clear_page(
    client: Client, editor: User
) -> None:
    row = catalog.offering(owner=editor)
    long = "woord " * 5000
    response = send(client, row, editor, description_nl=long)
    assert response.status_code == 422
    assert long.strip() in response.content.decode()
    huge = send(client, row, editor, description_nl="x" * 5 * 1024 * 1024)
    assert huge.status_code == 413
    assert fresh(row).version == 1


ODD: tuple[dict[str, Any], ...] = (
    {"version": "abc"}, {"theme": "none"}, {"audiences": ["forged"]}, {"pot_free": "forged"},
    {"owner": "nobody@elsewhere.example"}, {"review_on": "31-31-2026"}, {"cost_eur": "-5"}, {"hours": "NaN"},
    {"steps-TOTAL_FORMS": "x"}, {"steps-0-step": "forged"}, {"steps-0-days": "9999"},
    {"languages": ["fr"]}, {"faculty": "NOPE"}, {"related": ["no-such-item"]},
)  # fmt: skip


def test_odd_input_brings_the_form_back_with_what_was_typed(client: Client, editor: User) -> None:
    row = catalog.offering(owner=editor)
    sent = filled(row, editor, act="save", title_nl="Wat ik typte")
    for odd in ODD:
        response = client.post(address(row), sent | odd)
        assert (odd, response.status_code) == (odd, 422)
        assert 'value="Wat ik typte"' in response.content.decode()
    assert fresh(row).version == 1


def test_steps_pots_and_audiences_are_set_without_code(client: Client, editor: User) -> None:
    """L4: the workflow of an offering, set by an editor."""
    catalog.audience("managers")
    catalog.notice("ask_approval", is_manager_told=True, needs_answer=True)
    row = catalog.offering(owner=editor)
    steps = {"steps-0-step": "prework", "steps-0-days": "-14", "steps-0-note_nl": "Lees het boek"}
    pots = {"pot_free": "", "pot_department": "ask_approval", "cost_eur": "95"}
    assert send(client, row, editor, audiences=["managers"], **steps, **pots).status_code == 302
    out = fresh(row)
    assert out.details["steps"][0]["when"] == {"nl": "2 weken vooraf", "en": "2 weeks before"}
    assert [(pot.pot, pot.notice.key) for pot in out.pots.all()] == [("department", "ask_approval")]
    assert [audience.key for audience in out.audiences.all()] == ["managers"]
    assert "Voorbereiding: Lees het boek (2 weken vooraf)" in text(client.get(f"/nl/aanbod/{row.slug}/"))
    gone = {"steps-0-step": "", "steps-0-days": "", "steps-0-note_nl": ""}
    assert send(client, row, editor, **gone).status_code == 302
    assert fresh(row).details["steps"] == []


def test_the_part_of_a_kind_can_be_edited(client: Client, editor: User) -> None:
    gig = {
        "learning_aim": {"nl": "Contact", "en": "Contact"},
        "hours_per_week": 4,
        "weeks": 12,
        "places": 2,
        "x": 1,
    }
    row = catalog.offering(owner=editor, kind=catalog.kind("gigs_marketplace"), details={"gig": gig})
    change = {"gig__learning_aim_en": "Contacts", "gig__weeks": "8", "closes_on": "2027-03-01"}
    assert send(client, row, editor, **change).status_code == 302
    out = fresh(row)
    expected = gig | {"learning_aim": {"nl": "Contact", "en": "Contacts"}, "weeks": 8}
    assert {name: value for name, value in out.details["gig"].items() if name in expected} == expected
    assert out.closes_on.isoformat() == "2027-03-01"
    assert send(client, row, editor, gig__weeks="").status_code == 422


def test_versions_are_compared_and_put_back(client: Client, editor: User) -> None:
    row = catalog.offering("Oude titel", owner=editor)
    for title in ("Nieuwe titel", "Nieuwste titel"):
        send(client, row, editor, title_nl=title)
    page = client.get(address(row, "versies/"), {"before": "1", "after": "3"})
    html = page.content.decode()
    assert "Van versie 1 naar 3" in html
    assert re.search(r"<del>Oude </del><ins>Nieuwste </ins>titel", html)
    assert client.get(address(row, "versies/"), {"before": "x", "after": "99"}).status_code == 200
    put_back = address(row, "versies/1/")
    assert client.post(put_back, {"seen": "1"}).status_code == 409
    assert client.post(address(row, "versies/77/"), {"seen": "3"}).status_code == 404
    assert client.post(put_back, {"seen": "3"}).status_code == 302
    assert fresh(row).title_nl == "Oude titel"
    assert OfferingVersion.objects.filter(offering=row, act=Act.RESTORED, number=4).exists()


def test_copy_archive_and_back(client: Client, editor: User) -> None:
    row = catalog.offering(owner=editor)
    assert client.get(address(row, "kopie/")).status_code == 405
    assert client.post(address(row, "kopie/")).status_code == 302
    run = catalog.session(row)
    enrol(session=run, pot="free", actor=editor)
    assert "1 persoon heeft een plaats" in text(client.get(address(row, "archief/")))
    assert client.post(address(row, "archief/")).status_code == 302
    assert client.post(address(row, "archief/")).status_code == 409
    assert fresh(row).status == Status.ARCHIVED
    assert client.get(f"/nl/aanbod/{row.slug}/").status_code == 404
    assert client.post(address(row, "concept/")).status_code == 302
    assert fresh(row).status == Status.DRAFT


def test_other_roles_and_other_faculties_stay_out(client: Client) -> None:
    science, law = people.faculty("SCI"), people.faculty("LAW")
    row = catalog.offering("Van rechten", faculty=law)
    client.force_login(people.holder(Role.HR))
    assert client.get(address(row)).status_code == 403
    client.force_login(people.holder(Role.EDITOR, of=science))
    for way in (address(row), address(row, "versies/"), address(row, "archief/")):
        assert client.get(way).status_code == 404
    assert client.post(address(row, "kopie/")).status_code == 404
    assert "Van rechten" not in text(client.get(DESK))
    client.force_login(people.holder(Role.EDITOR, of=law))
    assert client.get(address(row)).status_code == 200
    assert client.get(f"{DESK}item/no-such-item/").status_code == 404


def test_the_list_is_searched_filtered_and_sorted(client: Client, editor: User) -> None:
    late = clock.today() - timedelta(days=3)
    catalog.offering("Alfa", review_on=late)
    catalog.offering("Beta", status=Status.DRAFT, owner=editor, result_en="")
    catalog.offering("Gamma", status=Status.ARCHIVED)

    def titles(**query: str) -> list[str]:
        return re.findall(r"/item/[^/]+/\"[^>]*>(?:<[^>]+>)*(\w+)", client.get(DESK, query).content.decode())

    assert titles() == ["Alfa", "Beta"]
    assert titles(sort="new") == ["Beta", "Alfa"]
    assert titles(state="overdue") == ["Alfa"]
    assert titles(state="untranslated") == ["Beta"]
    assert titles(state="archived") == ["Gamma"]
    assert titles(q="bet") == ["Beta"]
    assert titles(mine="on") == ["Beta"]
    assert titles(kind="no-such-kind") == []
    assert titles(state="x", sort="x", page="-9") == ["Alfa", "Beta"]


@pytest.mark.parametrize("way", ["desk", "edit", "versions"])
def test_the_number_of_queries_does_not_grow(client: Client, editor: User, way: str) -> None:
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert (
                client.get(
                    {"desk": DESK, "edit": address(row), "versions": address(row, "versies/")}[way]
                ).status_code
                == 200
            )
        return len(asked)

    row = catalog.offering(owner=editor)
    row.related.add(catalog.offering())
    catalog.session(row)
    send(client, row, editor, title_nl="Eerste")
    before = count()
    for number in range(2):
        catalog.session(row)
        other = catalog.offering(
            owner=people.employee(), faculty=people.faculty(f"F{number}"), audiences=[f"a{number}"]
        )
        fresh(row).related.add(other)
        send(client, row, editor, title_nl=f"Versie {number}")
    assert count() == before
