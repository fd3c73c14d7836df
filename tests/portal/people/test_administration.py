"""The administrator's pages."""

import pytest
from django.urls import reverse

from portal.people.enums import Role
from portal.people.models import RoleGrant
from portal.people.queries import has_role
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    person = people.holder(Role.ADMINISTRATOR, "Ravi Soekhoe", language="en")
    client.force_login(person)
    return person


def proposal(by=None):
    return people.role(people.user("Noor van Dam"), Role.ADVISOR, is_confirmed=False, granted_by=by)


PAGES = ["administration:overview", "administration:roles", "administration:grant"]


@pytest.mark.parametrize("page", PAGES)
def test_only_for_administrators(client, page):
    assert client.get(reverse(page)).headers["Location"].startswith("/nl/account/login/")
    for role in set(Role) - {Role.ADMINISTRATOR}:
        client.force_login(people.holder(role))
        assert client.get(reverse(page)).status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_in_ones_own_language(client, page, admin):
    assert 'lang="en"' in client.get(reverse(page)).content.decode()
    admin.language = "nl"
    admin.save()
    assert 'lang="nl"' in client.get(reverse(page)).content.decode()


def test_the_language_link_goes_before(client, admin):
    client.get(reverse("language", args=["nl"]), {"next": "/beheer/"})
    assert 'lang="nl"' in client.get("/beheer/").content.decode()


def test_overview_names_what_waits(client, admin):
    assert "waits for a second administrator" not in client.get("/beheer/").content.decode()
    proposal()
    assert "1 role waits for a second administrator" in client.get("/beheer/").content.decode()


def test_give_a_role(client, admin):
    person, science = people.user("Joost Terpstra"), people.faculty("SCI")
    answer = client.post(
        reverse("administration:grant"),
        {"email": person.email.upper(), "role": Role.HR, "faculty": science.pk, "ends_on": "2099-12-31"},
        follow=True,
    )
    assert answer.redirect_chain == [(reverse("administration:roles"), 302)]
    assert "The role is in force." in answer.content.decode()
    held = RoleGrant.objects.get(user=person)
    assert (held.role, held.faculty, held.granted_by, str(held.ends_on)) == (
        Role.HR,
        science,
        admin,
        "2099-12-31",
    )


def test_a_dossier_role_is_proposed(client, admin):
    person = people.user("Mirjam de Wit")
    answer = client.post(
        reverse("administration:grant"), {"email": person.email, "role": Role.ADVISOR}, follow=True
    )
    assert "It counts once another administrator confirms it." in answer.content.decode()
    assert not has_role(person, Role.ADVISOR)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"email": "nobody@universiteit.example"}, "Nobody here has this e-mail address."),
        ({"email": "own"}, "Nobody gives a role to themselves."),
        ({"ends_on": "2001-01-01"}, "Choose an end date that is not in the past."),
        ({"role": "coordinator", "faculty": "SCI"}, "This role counts for the whole university"),
        ({"role": "emperor"}, "Choose one of the answers in the list."),
    ],
)
def test_bad_input_comes_back_with_a_sentence(client, admin, change, sentence):
    data = {"email": people.user().email, "role": Role.HR, **change}
    if data["email"] == "own":
        data["email"] = admin.email
    if "faculty" in data:
        data["faculty"] = people.faculty(data["faculty"]).pk
    answer = client.post(reverse("administration:grant"), data)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert RoleGrant.objects.exclude(user=admin).count() == 0


def test_confirm_and_refuse(client, admin):
    one, other = proposal(), proposal()
    client.post(reverse("administration:confirm", args=[one.reference]))
    client.post(reverse("administration:end", args=[other.reference]))
    assert (has_role(one.user, Role.ADVISOR), has_role(other.user, Role.ADVISOR)) == (True, False)


def test_the_one_who_proposed_sees_no_confirm_button(client, admin):
    own, foreign = proposal(by=admin), proposal()
    page = client.get(reverse("administration:roles")).content.decode()
    assert reverse("administration:confirm", args=[foreign.reference]) in page
    assert reverse("administration:confirm", args=[own.reference]) not in page
    answer = client.post(reverse("administration:confirm", args=[own.reference]), follow=True)
    assert "Another administrator than the one who proposed" in answer.content.decode()
    assert not has_role(own.user, Role.ADVISOR)


@pytest.mark.parametrize("act", ["confirm", "end"])
def test_acts_refuse_get_strangers_and_unknown_references(client, admin, act):
    waiting = proposal()
    address = reverse(f"administration:{act}", args=[waiting.reference])
    assert client.get(address).status_code == 405
    answer = client.post(reverse(f"administration:{act}", args=["nothing"]), follow=True)
    assert "This role has been dealt with already." in answer.content.decode()
    client.force_login(people.holder(Role.HR))
    assert client.post(address).status_code == 403
    waiting.refresh_from_db()
    assert (waiting.is_confirmed, waiting.ended_at) == (False, None)


def test_search_and_pages(client, admin):
    for number in range(26):
        people.holder(Role.HR, f"Person{number:02} Alike")
    first = client.get(reverse("administration:roles"), {"q": "alike"}).content.decode()
    assert "Person24 Alike" in first
    assert "Person25 Alike" not in first
    assert "Ravi" not in first.partition("<tbody")[2]
    second = client.get(reverse("administration:roles"), {"q": "alike", "page": "2"}).content.decode()
    assert "Person25 Alike" in second
    assert "Nobody found." in client.get(reverse("administration:roles"), {"q": "zz"}).content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_null_bytes_are_refused(client, admin, method):
    data = {"q": "a\x00b", "email": "a\x00b@universiteit.example", "role": Role.HR}
    assert getattr(client, method)(reverse("administration:grant"), data).status_code == 400
    assert RoleGrant.objects.exclude(user=admin).count() == 0


def test_the_list_asks_a_fixed_number_of_questions(client, admin, django_assert_num_queries):
    client.get(reverse("administration:roles"))

    def count():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("administration:roles"))
        return len(asked)

    before = count()
    for name in ("Noor van Dam", "Joost Terpstra", "Mirjam de Wit"):
        people.role(people.user(name), Role.HR, of=people.faculty("SCI"), granted_by=admin)
    assert count() == before
