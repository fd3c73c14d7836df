"""`docs/trajectory.md` holds the drawing and the table that the machine gives."""

from pathlib import Path

from django.utils import translation

from trajectories.reports.machine import drawing, table

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "trajectory.md").read_text(encoding="utf-8")


def test_document_shows_the_machine_as_it_is():
    with translation.override("en"):
        assert drawing() in DOCUMENT
        assert table() in DOCUMENT
