"""The agreement as a PDF: accessible, in both languages, for the two of the case only."""

from io import BytesIO

import outloud
import pytest
from django.urls import reverse
from pypdf import PdfReader

from portal.delivery.jobs import JobRefusedError, handler_of
from portal.delivery.models import Job
from portal.documents.models import Document
from portal.privacy.viewer import viewing
from tests.factories import people, trajectories
from tests.factories.database import as_owner
from tests.portal.documents.test_pdf import KNOWN
from trajectories import services
from trajectories.queries.facts import agreement_on_table
from trajectories.reports.agreement import paper

pytestmark = pytest.mark.django_db


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
    reader = PdfReader(BytesIO(content))
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert reader.root_object["/Lang"] == language
    assert here in text
    assert there in text
    assert "Samira el Idrissi" in text
    assert trajectories.TERMS["way_of_working"] in text
    file = tmp_path / "agreement.pdf"
    file.write_bytes(content)
    result = outloud.check(str(file))
    found = {finding.rule for finding in result.sorted_findings() if finding.severity in ("error", "warning")}
    assert found <= KNOWN, found


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
