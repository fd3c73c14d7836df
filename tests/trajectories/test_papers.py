"""The agreement as a PDF: accessible, in both languages, for the two of the case only."""

from io import BytesIO

import outloud
import pytest
from django.urls import reverse
from django.utils.translation import override
from pypdf import PdfReader

from portal.delivery.jobs import JobRefusedError, handler_of
from portal.delivery.models import Job
from portal.documents.models import Document
from portal.privacy.models import DossierRead
from portal.privacy.viewer import viewing
from tests.factories import people, trajectories
from tests.factories.database import as_owner
from tests.portal.documents.test_pdf import KNOWN
from trajectories import services
from trajectories.errors import NotYours
from trajectories.queries.facts import agreement_on_table
from trajectories.reports.agreement import paper

pytestmark = pytest.mark.django_db


def tagged(part):
    """Yield the tags of a document in the order in which they are read."""
    part = part.get_object()
    if isinstance(part, list):
        for each in part:
            yield from tagged(each)
    elif isinstance(part, dict):
        if "/S" in part:
            yield part
        yield from tagged(part["/K"]) if "/K" in part else ()


@pytest.mark.parametrize(
    ("language", "here", "there"),
    [("nl", "Vraag en doel", "Question and goal"), ("en", "Signatures", "Planning")],
)
def test_paper_reads_well_in_both_languages(language, here, there, tmp_path):
    told = trajectories.walk("in_progress")
    with viewing(told.participant):
        agreement = agreement_on_table(told.trajectory)
        assert agreement
        content = paper(agreement, language)
    text = read(content, language, tmp_path)
    assert here in text
    assert there in text
    assert "Samira el Idrissi" in text
    assert trajectories.TERMS["way_of_working"] in text
    reader = PdfReader(BytesIO(content))
    assert reader.metadata
    assert reader.metadata.title == {"nl": "Afspraken 1", "en": "Agreement 1"}[language]
    tags = [(str(tag["/S"]), tag.get("/Lang")) for tag in tagged(reader.root_object["/StructTreeRoot"])]
    assert [name for name, _lang in tags if name in ("/H1", "/H2")] == ["/H1"] + ["/H2"] * 12
    # Eleven headings and three of the portal's own texts, in the other language.
    other = {"nl": "en", "en": "nl"}[language]
    assert [lang for name, lang in tags if name == "/Sect"] == [other] * 14


def read(content, language, tmp_path):
    """Return the text of a PDF that is accessible and in that language."""
    reader = PdfReader(BytesIO(content))
    assert reader.root_object["/Lang"] == language
    assert str(reader.root_object["/MarkInfo"]) == "{'/Marked': True}"
    file = tmp_path / "paper.pdf"
    file.write_bytes(content)
    result = outloud.check(str(file))
    found = {finding.rule for finding in result.sorted_findings() if finding.severity in ("error", "warning")}
    assert found <= KNOWN, found
    return " ".join("\n".join(page.extract_text() for page in reader.pages).split())


@pytest.mark.parametrize("side", ["participant", "advisor"])
def test_asked_made_and_downloaded(client, side):
    told = trajectories.walk("agreement_proposed")
    person = told.participant if side == "participant" else told.advisor.user
    client.force_login(person)
    url = reverse("trajectories:agreement_paper", args=[told.trajectory.reference])
    assert "Er is nog geen pdf." in client.get(url).content.decode()
    assert client.post(url)["Location"] == url
    assert "Uw pdf wordt gemaakt" in client.get(url).content.decode()
    with as_owner():
        job = Job.objects.get(name="trajectories.paper")
    with viewing(person):
        handler_of(job.name)(job)
    with as_owner():
        Job.objects.filter(pk=job.pk).update(state="done", result=job.result)
        document = Document.objects.get(reference=job.result)
    assert (document.owner, document.name) == (person, "document-1-nl.pdf")
    assert reverse("documents:download", args=[job.result]) in client.get(url).content.decode()
    assert client.get(reverse("documents:download", args=[job.result])).content.startswith(b"%PDF")


def test_somebody_elses_job_makes_nothing():
    told = trajectories.walk("agreement_proposed")
    with told.acting(told.participant) as actor:
        job = services.ask_paper(actor=actor, trajectory=told.trajectory, language="nl")
    job.viewer = people.employee("Iemand Anders")
    with viewing(job.viewer), pytest.raises(JobRefusedError):
        handler_of(job.name)(job)


def test_without_agreement_there_is_no_paper(client):
    told = trajectories.walk("intake_done")
    client.force_login(told.participant)
    url = reverse("trajectories:agreement_paper", args=[told.trajectory.reference])
    assert client.post(url).status_code == 409


def work(name, person):
    """Let the worker do the newest job of this name."""
    with as_owner():
        job = Job.objects.filter(name=name).latest("queued_at")
    with viewing(person):
        handler_of(name)(job)
    with as_owner():
        Job.objects.filter(pk=job.pk).update(state="done", result=job.result)
        return Document.objects.get(reference=job.result)


@pytest.fixture
def released():
    manager = people.employee("Hanneke Bos", language="en")
    told = trajectories.story(participant=people.employee("Samira el Idrissi", manager=manager))
    trajectories.advance(told, "in_progress")
    told.note(text="Hierover hoort niemand iets.")
    return told, manager, told.report("Samira zet stappen.", to=manager)


@pytest.mark.parametrize("who", ["recipient", "participant", "advisor"])
def test_released_text_comes_in_the_language_of_whom_it_is_for(client, who, released, tmp_path):
    told, manager, row = released
    person = {"recipient": manager, "participant": told.participant, "advisor": told.advisor.user}[who]
    client.force_login(person)
    url = reverse("trajectories:report_paper", args=[row.reference])
    assert client.post(url)["Location"] == url
    document = work("trajectories.report_paper", person)
    assert (document.owner, document.name) == (person, "document-en.pdf")
    assert reverse("documents:download", args=[document.reference]) in client.get(url).content.decode()
    text = read(document.content, "en", tmp_path)
    assert "Samira zet stappen." in text
    assert "From Samira el Idrissi, for Hanneke Bos" in text
    assert "Een tekst voor u" in text
    assert "Hierover hoort niemand iets." not in text


def test_reading_it_on_paper_is_logged_for_the_participant(client, released):
    told, manager, row = released
    client.force_login(manager)
    client.post(reverse("trajectories:report_paper", args=[row.reference]))
    with viewing(told.participant):
        (read_by,) = DossierRead.objects.filter(dossier=row.reference)
    assert (read_by.reader, read_by.what) == (manager, "report")


def test_nobody_else_asks_for_or_makes_a_released_text(client, released):
    told, manager, row = released
    client.force_login(told.coordinator)
    url = reverse("trajectories:report_paper", args=[row.reference])
    assert (client.get(url).status_code, client.post(url).status_code) == (404, 404)
    with viewing(told.coordinator), pytest.raises(NotYours):
        services.ask_report_paper(actor=told.coordinator, report=row)
    with viewing(manager):
        job = services.ask_report_paper(actor=manager, report=row)
    job.viewer = told.coordinator
    with viewing(told.coordinator), pytest.raises(JobRefusedError):
        handler_of(job.name)(job)


@pytest.mark.parametrize(("side", "language"), [("participant", "nl"), ("advisor", "en")])
def test_closing_on_paper_for_the_two_of_the_case(client, side, language, tmp_path):
    told = trajectories.walk("closed")
    told.look_back()
    told.note(text="Staat er niet in.")
    person = told.participant if side == "participant" else told.advisor.user
    client.force_login(person)
    with override(language):
        url = reverse("trajectories:closing_paper", args=[told.trajectory.reference])
    assert client.post(url)["Location"] == url
    text = read(work("trajectories.closing_paper", person).content, language, tmp_path)
    for words in (*(words for words, _after in trajectories.RESULTS), "Een dag meelopen gaf de doorslag."):
        assert words in text
    assert "Bereikt" in text
    assert "Achieved" in text
    assert "Nieuwe functie binnen de universiteit" in text
    assert "Staat er niet in." not in text
    assert "samira@example.com" not in text


def test_closing_is_no_paper_before_both_have_looked_back(client):
    told = trajectories.walk("closing")
    told.rate(told.participant)
    client.force_login(told.advisor.user)
    url = reverse("trajectories:closing_paper", args=[told.trajectory.reference])
    assert (client.get(url).status_code, client.post(url).status_code) == (409, 409)
    told.rate(told.advisor.user)
    told.case = told.trajectory
    with told.acting(told.participant) as actor:
        job = services.ask_closing_paper(actor=actor, trajectory=told.trajectory, language="nl")
        services.reopen(actor=actor, trajectory=told.trajectory, reason="Toch nog iets.")
    with viewing(told.participant), pytest.raises(JobRefusedError):
        handler_of(job.name)(job)


def test_a_coordinator_gets_no_closing(client):
    told = trajectories.walk("closed")
    client.force_login(told.coordinator)
    url = reverse("trajectories:closing_paper", args=[told.trajectory.reference])
    assert (client.get(url).status_code, client.post(url).status_code) == (404, 404)
    with viewing(told.coordinator), pytest.raises(NotYours):
        services.ask_closing_paper(actor=told.coordinator, trajectory=told.trajectory, language="nl")
