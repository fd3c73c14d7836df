"""PDF: accessible, in the recipient's language, without any network."""

from io import BytesIO

import outloud
import pytest
from django.conf import settings as django_settings
from pypdf import PdfReader

from portal.documents import pdf
from portal.documents.charts import data_address
from tests.portal.documents.conftest import HERE

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="10"><rect width="40" height="10" fill="#0d4a54"/></svg>'
# WeasyPrint draws running titles and page numbers outside the reading order, but not as artifacts.
KNOWN = {"PAG-001"}
CONTEXT = {
    "period": "2026Q3",
    "rows": [("Bèta & Co", 12), ("Letteren", "•")] * 30,
    "chart": data_address(SVG),
}


@pytest.fixture(autouse=True)
def _test_templates(settings):
    page = django_settings.TEMPLATES[0]
    settings.TEMPLATES = [{**page, "DIRS": [HERE / "templates", *page["DIRS"]]}]


@pytest.mark.parametrize(
    ("language", "sender"),
    [
        ("nl", "Loopbaan & Ontwikkeling"),
        ("en", "Career & Development"),
    ],
)
def test_report_reads_well_and_speaks_its_language(language, sender, tmp_path):
    made = pdf.render("pdf/test/report.html", CONTEXT, language)
    reader = PdfReader(BytesIO(made))
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert reader.metadata
    assert reader.metadata.title == "Report 2026Q3"
    assert reader.root_object["/Lang"] == language
    assert sender in text
    assert {"nl": "Universiteit", "en": "University"}[language] in text
    assert "Bèta & Co" in text
    assert f"2 / {len(reader.pages)}" in text
    assert len(reader.pages) > 1
    file = tmp_path / "report.pdf"
    file.write_bytes(made)
    result = outloud.check(str(file))
    found = {finding.rule for finding in result.sorted_findings() if finding.severity in ("error", "warning")}
    assert found <= KNOWN, found


def test_fonts_are_ours():
    reader = PdfReader(BytesIO(pdf.render("pdf/test/report.html", CONTEXT, "nl")))
    names = {str(font["/BaseFont"]) for page in reader.pages for font in map_fonts(page)}
    assert any("Brygada" in name for name in names), names
    assert any("Source-Sans" in name for name in names), names


def map_fonts(page):
    return [font.get_object() for font in page["/Resources"]["/Font"].values()]


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:1/secret",
        "file:///etc/passwd",
        "http://portal.invalid/manage.py",
        "static/../manage.py",
        "static/%2e%2e/manage.py",
        "ftp://127.0.0.1/x",
    ],
)
def test_anything_but_static_files_and_data_is_refused(address):
    with pytest.raises(pdf.ForeignAddressError):
        pdf.render("pdf/test/report.html", {**CONTEXT, "chart": address}, "nl")


def test_own_file_stays_inside_static():
    found = pdf._own_file("http://portal.invalid/static/pdf/report.css")
    assert found is not None
    assert found.name == "report.css"
    assert pdf._own_file("http://portal.invalid/static/../portal/settings.py") is None
    assert pdf._own_file("http://portal.invalid/static/pdf/none.css") is None
