"""The report-back: drafted, edited, released; the recipient gets exactly that text and nothing else."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, transaction
from django.urls import reverse

from portal import clock
from portal.delivery.models import Mail
from portal.people.enums import Role
from portal.privacy import wall
from portal.privacy.models import DossierRead
from portal.privacy.viewer import viewing
from tests.factories import people, trajectories
from tests.trajectories.pagetext import words
from trajectories.enums import Notebook
from trajectories.models import ReportBack, ReportDraft

pytestmark = pytest.mark.django_db
TEXT = "Samira is goed op weg en rondt het in maart af."
OURS = [model for model in apps.get_app_config("trajectories").get_models() if wall.wall_of(model)]


@pytest.fixture
def told():
    story = trajectories.walk("in_progress")
    for kind in Notebook:
        story.note(kind, f"Vertrouwelijk in {kind}.")
    story.plan("A", "Vertrouwelijk plan", ("Vertrouwelijke stap",))
    return story


@pytest.fixture
def manager(told):
    return people.managed(told.participant)


def address(told, name="report"):
    return reverse(f"trajectories:{name}", args=[told.trajectory.reference])


def received(report):
    return reverse("trajectories:report_back", args=[report.reference])


def visible_to(person):
    with viewing(person):
        return {
            model.__name__: model._default_manager.count() for model in OURS if model._default_manager.count()
        }


def test_recipient_reads_exactly_the_released_text(client, told, manager):
    """D6: the whole page by equality."""
    report = told.report(TEXT, to=manager)
    client.force_login(manager)
    day = words(client.get(received(report))).partition("Vrijgegeven op ")[2].partition(" Hanneke")[0]
    assert words(client.get(received(report))) == (
        f"Vrijgegeven op {day} Hanneke Bos Van Samira el Idrissi {TEXT} Samira el Idrissi heeft ervoor gekozen"
        " u deze tekst te geven. Meer krijgt u niet te lezen. Houd de tekst alstublieft voor uzelf. Maak een pdf"
    )
    assert len(day.split()) == 3


def test_the_participants_page_says_who_knows_after_a_release(client, told, manager):
    """D6: it no longer says that the manager knows nothing."""
    client.force_login(told.participant)
    page = address(told, "page")
    unknown = "Uw leidinggevende weet niet van dit traject."
    assert unknown in client.get(page).content.decode()
    report = told.report(TEXT, to=manager)
    html = client.get(page).content.decode()
    assert unknown not in html
    assert "Hanneke Bos kreeg een tekst die u vrijgaf op" in html
    assert received(report) in html


def test_recipient_has_that_one_row_and_its_trace_and_no_other(told, manager):
    assert visible_to(manager) == {}
    told.report(TEXT, to=manager)
    assert visible_to(manager) == {"ReportBack": 1, "ReportBackEvent": 1}
    with viewing(manager):
        assert ReportBack.objects.get().text == TEXT


def test_recipient_is_refused_at_every_other_door(client, told, manager):
    told.report(TEXT, to=manager)
    client.force_login(manager)
    doors = [address(told, name) for name in ("page", "report", "release_report", "print_plans", "agreement")]
    doors += [reverse("trajectories:notebook", args=[told.trajectory.reference, "shared"])]
    assert [client.get(door).status_code for door in doors] == [404] * len(doors)


def test_before_release_there_is_nothing_for_the_recipient(client, told, manager):
    told.report(TEXT, to=manager, is_released=False)
    client.force_login(manager)
    assert visible_to(manager) == {}
    assert client.get(address(told)).status_code == 404
    with viewing(told.participant):
        draft = ReportDraft.objects.get()
    assert client.get(received(draft)).status_code == 404
    with viewing(manager):
        assert not Mail.objects.filter(recipient=manager).exists()


def test_draft_is_the_advisors_alone_until_it_is_given(client, told):
    client.force_login(told.advisor.user)
    client.post(address(told), {"text": "Nog niet af.", "version": 0})
    assert "ReportDraft" not in visible_to(told.participant)
    client.force_login(told.participant)
    assert "Nog niet af." not in client.get(address(told)).content.decode()
    client.force_login(told.advisor.user)
    client.post(address(told), {"text": "Nu wel af.", "version": 1, "hand": "yes"})
    client.force_login(told.participant)
    assert "Nu wel af." in client.get(address(told)).content.decode()


def test_from_draft_to_release_in_the_pages(client, told, manager):
    client.force_login(told.advisor.user)
    client.post(address(told), {"text": "Concept.", "version": 0, "hand": "yes"})
    client.force_login(told.participant)
    page = client.get(address(told)).content.decode()
    assert "Hanneke Bos, uw leidinggevende" in page
    data = {"text": TEXT, "recipient": manager.reference, "version": 1, "look": "yes"}
    preview = client.post(address(told), data, follow=True)
    assert TEXT in words(preview)
    assert "Dit krijgt Hanneke Bos" in words(preview)
    assert client.get(address(told, "release_report")).status_code == 200
    client.post(address(told, "release_report"), {"version": 2})
    with viewing(told.participant):
        report = ReportBack.objects.get()
        assert (report.text, report.recipient, report.role) == (TEXT, manager, "manager")
        assert not ReportDraft.objects.exists()
    assert "nog niet geopend" in words(client.get(address(told))).lower()


def test_what_is_released_is_what_was_shown(client, told, manager):
    told.report("Eerst zo.", to=manager, is_released=False)
    client.force_login(told.participant)
    with viewing(told.participant):
        seen = ReportDraft.objects.get().version
    data = {"text": "Op het andere apparaat anders.", "recipient": manager.reference, "version": seen}
    client.post(address(told), data)
    late = client.post(address(told, "release_report"), {"version": seen})
    assert late.status_code == 409
    assert visible_to(manager) == {}


def test_released_text_is_frozen(told, manager):
    report = told.report(TEXT, to=manager)
    for person in (told.participant, told.advisor.user, manager):
        with viewing(person), pytest.raises(DatabaseError), transaction.atomic():
            ReportBack.objects.filter(pk=report.pk).update(recipient=told.coordinator)
        with viewing(person), pytest.raises(DatabaseError), transaction.atomic():
            ReportBack.objects.filter(pk=report.pk).delete()


def test_only_the_participant_releases(client, told, manager):
    told.report(TEXT, to=manager, is_released=False)
    client.force_login(told.advisor.user)
    assert client.post(address(told, "release_report"), {"version": 2}).status_code == 403
    with viewing(told.advisor.user), pytest.raises(DatabaseError), transaction.atomic():
        ReportBack.objects.create(
            trajectory=told.trajectory,
            participant=told.participant,
            recipient=manager,
            role="manager",
            text="Vals.",
        )


def test_withdrawn_draft_goes_nowhere(client, told, manager):
    told.report(TEXT, to=manager, is_released=False)
    client.force_login(told.participant)
    client.post(address(told), {"withdraw": "yes", "version": 2})
    assert client.post(address(told, "release_report"), {"version": 2}).status_code == 409
    assert visible_to(manager) == {}
    with viewing(told.advisor.user):
        texts = [mail.text for mail in Mail.objects.filter(recipient=told.advisor.user)]
    assert any("is ingetrokken. Er gaat niets weg." in text for text in texts)


def test_mail_to_the_recipient_says_nothing_but_where(told, manager):
    report = told.report(TEXT, to=manager)
    with viewing(manager):
        mail = Mail.objects.get(recipient=manager)
    assert mail.subject.startswith("Een bericht van")
    assert received(report) in mail.text
    for word in ("Samira", "traject", "loopbaan", TEXT):
        assert word not in mail.text.replace("/trajecten/", "/").replace(received(report), ""), word


def test_participant_sees_who_opened_it_and_when(client, told, manager):
    report = told.report(TEXT, to=manager)
    client.force_login(manager)
    for _time in range(2):
        client.get(received(report))
    with viewing(told.participant):
        looks = DossierRead.objects.filter(dossier=report.reference)
        assert [(look.reader, look.what, look.relation) for look in looks] == [
            (manager, "report", "manager")
        ] * 2
    client.force_login(told.participant)
    assert "2 keer geopend" in words(client.get(address(told)))
    client.force_login(told.advisor.user)
    assert "keer geopend" not in words(client.get(address(told)))


def test_recipients_are_manager_hr_of_the_faculty_and_nobody_of_the_case(client, told, manager):
    ours = people.holder(Role.HR, "Els Prins", of=told.trajectory.faculty)
    central = people.holder(Role.HR, "Roos van Vliet")
    people.holder(Role.HR, "Verre Collega", of=people.faculty("XXX"))
    told.report(TEXT, to=manager, is_released=False)
    client.force_login(told.participant)
    page = client.get(address(told)).content.decode()
    assert all(
        name in page for name in ("Hanneke Bos, uw leidinggevende", f"{ours} van HR", f"{central} van HR")
    )
    assert "Verre Collega" not in page
    answer = client.post(
        address(told), {"text": TEXT, "recipient": told.advisor.user.reference, "version": 2}
    )
    assert answer.status_code == 422
    assert TEXT in answer.content.decode()


def test_card_leads_the_recipient_there_and_nobody_else(client, told, manager):
    told.moment = clock.now() - timedelta(days=2)
    report = told.report(TEXT, to=manager)
    client.force_login(manager)
    home = client.get(reverse("home")).content.decode()
    assert received(report) in home
    assert TEXT not in home
    client.force_login(people.employee("Iemand Anders"))
    assert received(report) not in client.get(reverse("home")).content.decode()
    assert client.get(received(report)).status_code == 404


def test_no_report_back_before_the_agreement(client):
    told = trajectories.walk("intake_done")
    client.force_login(told.advisor.user)
    page = client.get(address(told)).content.decode()
    assert "kan zodra de afspraken getekend zijn" in page
    assert client.post(address(told), {"text": "Te vroeg.", "version": 0}).status_code == 409
