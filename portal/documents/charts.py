"""The one door to altair and vl-convert: bars as SVG, drawn by a worker's child and kept by content.

The libraries are imported late and never in a web process: where the parent of forked processes has
drawn once, every child hangs. Pages show what was kept (`kept()`), always with the table beside it.
"""

import base64
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from html import escape
from json import dumps
from textwrap import wrap
from typing import Any

from django.db import connection
from django.utils.crypto import salted_hmac

from portal.delivery import running
from portal.documents.models import Drawing

INK, BAR = "#15292f", "#0d4a54"
FONT = "Source Sans 3, sans-serif"
# Height of a bar's row in pixels, letters on a line of a label, room for the text after the longest bar.
ROW, LABEL, ROOM = 44, 26, 1.2


class NotInWorkerError(RuntimeError):
    """Somebody asked for a drawing outside a job."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; without a value (hidden) there is a gap with its text, never a zero."""

    label: str
    value: float | None
    text: str


def bar_svg(bars: Sequence[Bar], *, description: str, width: int = 560, highest: float | None = None) -> str:
    """Return horizontal bars from zero, each with its text, as SVG; `description` is read aloud.

    `highest` fixes the scale (100 for shares). Only inside a job: raises NotInWorkerError elsewhere.
    """
    if running.current() is None:
        raise NotInWorkerError("Charts are drawn by a job in the worker.")
    if not bars or len({bar.label for bar in bars}) < len(bars):
        raise ValueError("A chart needs bars, each with a label of its own.")
    return _named(_draw(bars, width, highest), description)


def keep(bars: Sequence[Bar], *, description: str, width: int = 560, highest: float | None = None) -> str:
    """Draw, keep the drawing and return the key under which pages find it; the same bars have one key."""
    wanted = {"bars": [asdict(bar) for bar in bars], "description": description}
    text = dumps({**wanted, "width": width, "highest": highest}, sort_keys=True)
    key = salted_hmac("portal.documents.drawing", text, algorithm="sha256").hexdigest()
    if kept(key) is None:
        svg = bar_svg(bars, description=description, width=width, highest=highest)
        Drawing.objects.bulk_create([Drawing(key=key, svg=svg)], ignore_conflicts=True)
    return key


def kept(key: str) -> str | None:
    """Return a kept drawing; its key can't be guessed, so whoever may read the key may see it."""
    with connection.cursor() as cursor:
        cursor.execute("select documents_drawing(%s)", [key])
        svg: str | None = cursor.fetchone()[0]
    return svg


def data_address(svg: str) -> str:
    """Return the drawing as the address of an `<img>`, for PDF."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode("ascii")


def _draw(bars: Sequence[Bar], width: int, highest: float | None) -> str:
    import altair as alt
    import vl_convert

    names = ["\n".join(wrap(bar.label, LABEL)) for bar in bars]
    rows = [
        {"label": name, "value": bar.value or 0, "text": bar.text}
        for name, bar in zip(names, bars, strict=True)
    ]
    top = highest or max(bar.value or 0 for bar in bars) or 1
    lines = alt.Axis(
        title=None,
        labelLimit=0,
        ticks=False,
        domainColor=INK,
        labelPadding=8,
        labelExpr="split(datum.label, '\\n')",
    )
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y("label:N", sort=names, axis=lines),
        x=alt.X("value:Q", axis=None, scale=alt.Scale(domain=[0, top * ROOM], nice=False)),
    )
    drawn = base.mark_bar(color=BAR, height=ROW * 0.5)
    texts = base.mark_text(align="left", dx=6, color=INK).encode(text="text:N")
    chart = (drawn + texts).properties(
        width=width,
        height=ROW * len(bars),
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
    )
    made: str = vl_convert.vegalite_to_svg(chart.configure(**_style()).to_json(), allowed_base_urls=[])
    return made


def _style() -> dict[str, Any]:
    return {
        "background": "transparent",
        "font": FONT,
        "view": {"stroke": None},
        "axis": {"labelColor": INK, "labelFontSize": 15, "grid": False},
        "text": {"fontSize": 15},
    }


def _named(svg: str, description: str) -> str:
    """Give the drawing its class and one text that is read aloud; refuse inline style."""
    end = svg.index(">")
    opening = svg[:end].replace(' class="marks"', "")
    named = opening + f' class="chart" role="img" aria-label="{escape(description)}"'
    inside = re.sub(r' (?:role="graphics-[a-z]+"|aria-[a-z]+="[^"]*")', "", svg[end:])
    if "style=" in opening + inside or "<style" in inside:
        raise ValueError("The drawing holds inline style, which the pages' policy refuses.")
    return named + inside
