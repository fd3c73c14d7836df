"""The report as PDF: made by the worker, for a reader or for a command."""

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import outloud
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pypdf import PdfReader

from evaluations.enums import Period, ReleaseState
from evaluations.models import Release, ReleasedFigure
from evaluations.services import reports
from portal import clock
from portal.delivery import jobs, running
from portal.delivery.enums import JobState
from portal.delivery.models import Job
from portal.documents.models import Document
from portal.people.enums import Role
from portal.people.models import User
from tests.evaluations.test_pages import EXAMPLE
from tests.factories import people
from tests.factories.database import as_owner
from tests.factories.evaluations import release

pytestmark = pytest.mark.usefixtures("worker")
# WeasyPrint draws running titles and page numbers outside the reading order, but not as artifacts.
KNOWN = {"PAG-001"}


@pytest.fixture(autouse=True)
def _released(worker) -> None:
    people.faculty("SCI")
    release("2026Q2", requests={"SCI": (19, 19), "all": (70, 70)})
    release("2026Q3", **EXAMPLE)


def made(person: User | None, faculty: str = "SCI", language: str = "nl", period: str = "2026Q3") -> Job:
    """Ask, and let the worker do it."""
    job = reports.ask(actor=person, period=period, faculty=faculty, language=language)
    while running.run_next():
        pass
    with as_owner():
        return Job.objects.get(pk=job.pk)


def pages(job: Job) -> tuple[bytes, list[str]]:
    with as_owner():
        content = Document.objects.get(reference=job.result).content
    return content, [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "nl",
            [
                "Faculteit SCI",
                "3e kwartaal 2026",
                "Aanvragen",
                "boven 85%",
                "Verborgen: weinig mensen",
                "kwartaal eerder",
            ],
        ),
        (
            "en",
            [
                "Faculty SCI",
                "3rd quarter 2026",
                "Requests",
                "over 85%",
                "Hidden: few people",
                "quarter before",
            ],
        ),
    ],
)
def test_report_is_one_accessible_page_in_its_language(
    language: str, words: list[str], tmp_path: Path
) -> None:
    job = made(people.holder(Role.HR), language=language)
    assert job.state == JobState.DONE, job.message
    content, text = pages(job)
    assert len(text) == 1
    assert [word for word in words if word not in " ".join(text[0].split())] == []
    file = tmp_path / "report.pdf"
    file.write_bytes(content)
    found = {f.rule for f in outloud.check(str(file)).sorted_findings() if f.severity in ("error", "warning")}
    assert found <= KNOWN, found


def test_report_holds_the_figures_and_not_those_of_others() -> None:
    _content, (text,) = pages(made(people.holder(Role.HR, of=people.faculty("SCI"))))
    assert {"27", "80", "19"} <= set(text.split())
    assert "ART" not in text


def test_longest_report_still_fits_one_page() -> None:
    with as_owner():
        people.faculty("LONG", name_nl="Faculteit der Maatschappij- en Gedragswetenschappen en Bestuurskunde")
    values: dict[str, Any] = {key: {"LONG": (12, 12), "all": (99, 99)} for key in EXAMPLE}
    release("2026Q1", **values)
    _content, text = pages(made(people.holder(Role.HR), "LONG", period="2026Q1"))
    assert len(text) == 1


def test_university_has_a_report_without_a_second_column() -> None:
    _content, (text,) = pages(made(people.holder(Role.HR), ""))
    assert "De universiteit" in text
    assert "80" in text.split()


@pytest.mark.parametrize(("faculty", "period"), [("ART", "2026Q3"), ("SCI", "2026Q4"), ("XXX", "2026Q3")])
def test_what_is_not_for_the_reader_is_refused_with_a_sentence(faculty: str, period: str) -> None:
    job = made(people.holder(Role.HR, of=people.faculty("SCI")), faculty, period=period)
    assert (job.state, job.result) == (JobState.FAILED, "")
    assert job.message.endswith(".")
    with as_owner():
        assert not Document.objects.exists()


def test_prepared_figures_are_in_no_report() -> None:
    with as_owner():
        Release.objects.filter(period="2026Q3").update(state=ReleaseState.PREPARED)
    assert made(people.holder(Role.HR)).state == JobState.FAILED


def test_only_who_asked_can_open_the_file() -> None:
    person = people.holder(Role.HR)
    job = made(person)
    with as_owner():
        assert Document.objects.get(reference=job.result).owner_id == person.pk


@contextmanager
def a_worker() -> Iterator[None]:
    """Do jobs in another thread until the block ends."""
    done = threading.Event()

    def work() -> None:
        try:
            while not done.is_set():
                if not running.run_next():
                    done.wait(0.05)
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def command(out: Path, *, faculty: str = "SCI", period: str = "2026Q3", timeout: float = 30) -> None:
    call_command(
        "make_report",
        faculty=faculty,
        period=period,
        language="nl",
        out=out,
        timeout=timeout,
        stdout=io.StringIO(),
    )


def test_command_writes_the_file(tmp_path: Path) -> None:
    with a_worker():
        command(tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ({"period": "2026Q4"}, "2026Q4"),
        ({"period": "2026"}, "A period looks like 2026Q3."),
        ({"faculty": "XXX"}, "There is no faculty with the code XXX."),
    ],
)
def test_command_refuses_with_a_sentence_and_no_file(
    wanted: dict[str, Any], sentence: str, tmp_path: Path
) -> None:
    with a_worker(), pytest.raises(CommandError, match=sentence):
        command(tmp_path / "report.pdf", **wanted)
    assert not (tmp_path / "report.pdf").exists()


def test_command_gives_up_when_no_worker_runs(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="in time"):
        command(tmp_path / "report.pdf", timeout=0.5)


def test_command_says_when_the_file_cannot_be_written(tmp_path: Path) -> None:
    with a_worker(), pytest.raises(CommandError, match="cannot be written"):
        command(tmp_path / "no-such-folder" / "report.pdf")


def test_counting_runs_as_a_job_for_central_hr() -> None:
    hr = people.holder(Role.HR)
    with as_owner():
        Release.objects.filter(period="2026Q2").delete()
        Release.objects.create(period="2026Q2", number=9, definitions_version=1)
    jobs.enqueue("evaluations.count", Period.parse("2026Q2"), viewer=hr)
    with clock.frozen(clock.local(date(2030, 1, 1), 9)):
        assert running.run_next()
    with as_owner():
        assert Release.objects.get(period="2026Q2").state == ReleaseState.PREPARED
        assert ReleasedFigure.objects.filter(release__period="2026Q2").exists()
