"""Charts: drawn by a job only, safe for the pages' policy, kept by content."""

import subprocess
import sys
from xml.etree import ElementTree as ET

import pytest

from portal.delivery import jobs, running
from portal.documents import charts
from portal.documents.models import Drawing
from portal.privacy.viewer import viewing
from tests.factories import people
from tests.factories.database import as_owner
from tests.portal.delivery.conftest import as_worker

BARS = [
    charts.Bar("Bèta & techniek", 34, "34"),
    charts.Bar("Letteren", None, "•"),
    charts.Bar("Een faculteit met een heel lange naam die doorloopt", 17, "17"),
]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def in_job():
    token = running._current.set(jobs.Job())
    yield
    running._current.reset(token)


def draw(**fields):
    return charts.bar_svg(BARS, description='Aanvragen: "Bèta" 34 & meer', **fields)


def bar_widths(root):
    """Return how far the bars reach: the paths that are filled."""
    drawn = [path.get("d") or "" for path in root.iter(f"{SVG}path") if path.get("fill")]
    return [float(path.split("h")[1].split("v")[0]) for path in drawn]


@pytest.mark.usefixtures("in_job")
def test_drawing_has_its_bars_texts_and_name():
    root = ET.fromstring(draw())
    assert (root.get("role"), root.get("aria-label")) == ("img", 'Aanvragen: "Bèta" 34 & meer')
    texts = ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]
    assert texts == [
        "Bèta & techniek",
        "Letteren",
        "Een faculteit met een heellange naam die doorloopt",
        "34",
        "•",
        "17",
    ]
    widths = bar_widths(root)
    assert widths[1] == 0
    assert widths[0] == pytest.approx(2 * widths[2])


@pytest.mark.usefixtures("in_job")
def test_nothing_inline_and_nothing_from_elsewhere():
    svg = draw()
    assert "style" not in svg
    assert "<script" not in svg
    assert svg.count("http") == 2  # the two name spaces
    assert svg.count('class="chart"') == 1


@pytest.mark.usefixtures("in_job")
def test_scale_can_be_fixed_and_drawing_narrow():
    half = ET.fromstring(charts.bar_svg([charts.Bar("A", 50, "50 %")], description="x", highest=100))
    narrow = ET.fromstring(draw(width=300))
    assert narrow.get("width") == "300"
    (bar,) = bar_widths(half)
    assert bar < float(half.get("width") or 0) / 2


@pytest.mark.usefixtures("in_job")
@pytest.mark.parametrize("bars", [[], [charts.Bar("A", 1, "1"), charts.Bar("A", 2, "2")]])
def test_bars_need_labels_of_their_own(bars):
    with pytest.raises(ValueError, match="label of its own"):
        charts.bar_svg(bars, description="x")


def test_outside_a_job_nothing_is_drawn():
    with pytest.raises(charts.NotInWorkerError):
        draw()


WEB = """
import sys
import django
django.setup()
from django.test import RequestFactory
from django.urls import get_resolver
from portal.wsgi import application
import portal.celery
portal.celery.app.loader.import_default_modules()
get_resolver().url_patterns
print([name for name in ("altair", "vl_convert", "weasyprint", "xlsxwriter") if name in sys.modules])
"""


def test_web_process_and_workers_parent_never_load_the_libraries():
    done = subprocess.run([sys.executable, "-c", WEB], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.usefixtures("in_job")
@pytest.mark.django_db
def test_same_bars_are_drawn_once_and_found_by_key(monkeypatch):
    key = charts.keep(BARS, description="Aanvragen")
    monkeypatch.setattr(charts, "_draw", lambda *_arguments: pytest.fail("drawn again"))
    assert charts.keep(BARS, description="Aanvragen") == key
    assert (charts.kept(key) or "").startswith("<svg")
    assert charts.kept("0" * 64) is None
    with viewing(people.user()):
        assert not Drawing.objects.exists()


def test_drawing_made_by_the_worker_is_found_by_the_web(committed, monkeypatch):
    keys = []
    monkeypatch.setitem(
        jobs._handlers, "test.draw", lambda job: keys.append(charts.keep(BARS, description="x"))
    )
    jobs.enqueue("test.draw")
    with as_worker():
        assert running.run_next() is True
    with as_owner():
        assert Drawing.objects.count() == 1
    assert (charts.kept(keys[0]) or "").startswith("<svg")
