"""HR: released figures, a report made by the worker, and the two commands that checks from outside use."""

import io
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser import Visitor
from tests.journeys.conftest import SignIn
from tests.journeys.mainline import PATIENCE_SECONDS, address
from tests.journeys.running import Portal

PERIOD = "2026Q3"


def pages(content: bytes) -> list[str]:
    """Return the text of each page of a PDF."""
    assert content.startswith(b"%PDF")
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


def file_link(language: str) -> str:
    """Return the selector of the link to the finished report."""
    folder = address("documents:download", language, reference="z" * 12).removesuffix("z" * 12 + "/")
    return f"#report a[href^='{folder}']"


def download_report(visitor: Visitor, language: str, faculty: str) -> bytes:
    """Ask for the report on the page of figures and wait for the worker; return the file."""
    visitor.open(address("evaluations:figures", language) + f"?period={PERIOD}&faculty={faculty}")
    visitor.audit()
    report = visitor.page.locator(f"main form[action='{address('evaluations:ask', language)}']")
    with visitor.page.expect_navigation():
        report.locator("button[type=submit]").click()
    link = visitor.page.locator(file_link(language))
    expect(link).to_be_visible(timeout=PATIENCE_SECONDS * 1000)
    visitor.audit()
    href = link.get_attribute("href")
    assert href is not None
    answer = visitor.context.request.get(visitor.address + href)
    assert answer.headers["content-type"] == "application/pdf"
    return answer.body()


@pytest.mark.parametrize(
    ("language", "title"),
    [("nl", "wetenschappen"), pytest.param("en", "Science", marks=pytest.mark.long)],
)
def test_hr_downloads_a_report(language: str, title: str, sign_in: SignIn) -> None:
    """One page, in the language of the page, about the faculty that was chosen."""
    (text,) = pages(download_report(sign_in("hr", language), language, "SCI"))
    assert title in text


def test_hr_of_a_faculty_sees_only_that_faculty(sign_in: SignIn) -> None:
    """HR of SCI finds no other faculty, not even by asking for its code."""
    central, own = sign_in("hr"), sign_in("hr.science")
    path = address("evaluations:figures", "nl")
    central.open(path + "?faculty=ART")
    other = central.page.inner_text("main h1")
    own.open(path + "?faculty=SCI")
    mine = own.page.inner_text("main h1")
    own.open(path + "?faculty=ART", status=404)
    own.open(path)
    assert (own.page.inner_text("main h1"), other in own.page.inner_text("main")) == (mine, False)


def test_somebody_elses_report_does_not_exist(sign_in: SignIn) -> None:
    """The page and the file of a report are for who asked for it."""
    central, own = sign_in("hr"), sign_in("hr.science")
    download_report(central, "nl", "ART")
    file = central.page.locator(file_link("nl")).get_attribute("href")
    for path in (central.page.url.removeprefix(central.address), file):
        assert path is not None
        assert own.context.request.get(own.address + path).status == 404


def test_make_report(portal: Portal, tmp_path: Path) -> None:
    """The command waits for the worker and writes one page."""
    out = tmp_path / "report.pdf"
    asked = ["make_report", "--faculty", "SCI", "--language", "nl", "--out", str(out), "--period"]
    done = portal.manage(*asked, PERIOD)
    assert done.returncode == 0, done.stderr
    assert len(pages(out.read_bytes())) == 1


def test_make_report_of_a_period_that_was_not_released(portal: Portal, tmp_path: Path) -> None:
    """It ends with 1 and a sentence, and writes nothing."""
    out = tmp_path / "report.pdf"
    asked = ["make_report", "--faculty", "SCI", "--language", "nl", "--out", str(out), "--period"]
    refused = portal.manage(*asked, "2019Q1")
    assert (refused.returncode, out.exists()) == (1, False)
    assert re.search(r"[A-Za-z ]{10,}\.", refused.stderr)
    assert "Traceback" not in refused.stderr


def test_search_offerings_prints_only_json(portal: Portal, tmp_path: Path) -> None:
    """A list on stdout, best first; from a file of questions one object."""
    found = portal.manage("search_offerings", "loopbaangesprek", "--language", "nl", "--json")
    rows = json.loads(found.stdout)
    assert set(rows[0]) == {"key", "slug", "title", "summary", "kind"}
    assert "loopbaangesprek" in rows[0]["title"].lower()
    asked = tmp_path / "asked.tsv"
    asked.write_text("nl\tloopbaangesprek\nen\tnetworking\n", encoding="utf-8")
    answer = json.loads(portal.manage("search_offerings", "--file", str(asked), "--json").stdout)
    assert list(answer) == ["loopbaangesprek", "networking"]
    assert [row["key"] for row in answer["loopbaangesprek"]] == [row["key"] for row in rows]
