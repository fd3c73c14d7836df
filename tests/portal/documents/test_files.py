"""Kept files: for their owner only, under a neutral name."""

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import translation

from portal.documents import queries
from portal.documents.models import Document
from portal.documents.services import keep_document
from portal.people.enums import Role
from portal.privacy.viewer import viewing
from tests.factories import people
from tests.factories.database import as_owner

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 secret of Tess"


def keep(owner):
    with viewing(owner):
        return keep_document(owner=owner, name="rapport.pdf", content=PDF)


def test_owner_downloads(client):
    owner = people.user()
    document = keep(owner)
    client.force_login(owner)
    response = client.get(reverse("documents:download", args=[document.reference]))
    assert response.content == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="rapport.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"


def test_address_in_both_languages():
    for language, address in (("nl", "/nl/bestanden/abcdefghjkmn/"), ("en", "/en/documents/abcdefghjkmn/")):
        with translation.override(language):
            assert reverse("documents:download", args=["abcdefghjkmn"]) == address


@pytest.mark.parametrize("role", [None, Role.ADMINISTRATOR, Role.HR, Role.COORDINATOR])
def test_everybody_else_gets_nothing(client, role):
    document = keep(people.user())
    client.force_login(people.holder(role) if role else people.user())
    address = reverse("documents:download", args=[document.reference])
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 405


def test_visitor_is_led_to_the_sign_in(client):
    response = client.get(reverse("documents:download", args=[keep(people.user()).reference]))
    assert response.status_code == 302
    assert "login" in response["Location"]


def test_only_the_owner_sees_the_row():
    owner, other = people.user(), people.user()
    keep(owner)
    for viewer, expected in ((owner, 1), (other, 0), (None, 0)):
        with viewing(viewer):
            assert Document.objects.count() == expected
            assert queries.documents_of(viewer).count() == expected


def test_file_is_encrypted_at_rest():
    keep(people.user())
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("select encoded from documents_document")
        (kept,) = cursor.fetchone()
    assert "secret" not in kept
    assert kept.startswith("gAAAA")


def test_nobody_keeps_a_file_in_anothers_name():
    owner, other = people.user(), people.user()
    with pytest.raises(Exception, match="row-level security"), viewing(other):
        keep_document(owner=owner, name="x.pdf", content=PDF)


def test_file_of_a_command_is_found_by_its_reference_only():
    ownerless, owned = keep(None), keep(people.user())
    assert queries.ownerless_content(ownerless.reference) == PDF
    assert queries.ownerless_content(owned.reference) is None
    with viewing(people.user()):
        assert not Document.objects.exists()
