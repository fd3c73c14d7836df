"""Dates, times, amounts and Markdown, in both languages."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from django.utils import translation

from portal import clock
from portal.interface import greeting, moments
from portal.interface.markdown import render
from portal.interface.money import money

MORNING = datetime(2026, 10, 13, 7, 30, tzinfo=UTC)  # 09.30 in Amsterdam, summer time


@pytest.fixture(autouse=True)
def _now():
    with clock.frozen(MORNING):
        yield


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "nl",
            [
                "13 oktober 2026",
                "13 oktober",
                "dinsdag 13 oktober 2026",
                "09.30",
                "13 oktober 2026, 09.30 uur",
            ],
        ),
        (
            "en",
            ["13 October 2026", "13 October", "Tuesday 13 October 2026", "09:30", "13 October 2026, 09:30"],
        ),
    ],
)
def test_days_and_times(language, expected):
    with translation.override(language):
        words = [
            f(MORNING)
            for f in (moments.day, moments.day_short, moments.weekday, moments.hours, moments.moment)
        ]
    assert words == expected


@pytest.mark.parametrize(("language", "expected"), [("nl", "09.30 tot 11.00 uur"), ("en", "09:30 to 11:00")])
def test_from_until(language, expected):
    with translation.override(language):
        assert moments.until(MORNING, MORNING + timedelta(minutes=90)) == expected


@pytest.mark.parametrize(
    ("days", "dutch", "english"),
    [
        (0, "vandaag", "today"),
        (1, "morgen", "tomorrow"),
        (-1, "gisteren", "yesterday"),
        (3, "over 3 dagen", "in 3 days"),
        (-2, "2 dagen geleden", "2 days ago"),
        (20, "2 november", "2 November"),
        (100, "21 januari 2027", "21 January 2027"),
    ],
)
def test_relative_days(days, dutch, english):
    on = date(2026, 10, 13) + timedelta(days=days)
    for language, expected in (("nl", dutch), ("en", english)):
        with translation.override(language):
            assert moments.relative_day(on) == expected


def test_nothing_gives_nothing():
    empty = [
        moments.day(None),
        moments.hours(None),
        moments.relative_day(None),
        moments.until(None, None),
        money(None),
    ]
    assert empty == [""] * 5


@pytest.mark.parametrize(
    ("amount", "dutch", "english"),
    [
        (195, "€\xa0195", "€195"),
        (Decimal("1500.5"), "€\xa01.500,50", "€1,500.50"),
        ("-12.00", "-€\xa012", "-€12"),
        (0, "€\xa00", "€0"),
    ],
)
def test_amounts(amount, dutch, english):
    for language, expected in (("nl", dutch), ("en", english)):
        with translation.override(language):
            assert money(amount) == expected


@pytest.mark.parametrize(
    ("hour", "expected"), [(3, "Goedenavond"), (9, "Goedemorgen"), (14, "Goedemiddag"), (20, "Goedenavond")]
)
def test_greeting_follows_the_hour_in_amsterdam(hour, expected):
    with translation.override("nl"):
        assert greeting.for_now(clock.local(date(2026, 1, 5), hour)) == expected


def test_markdown_keeps_the_allowed_set():
    assert render("# Doel\n\nEen **stap** en [meer](https://a.example)") == (
        '<h3 class="utrecht-heading-3">Doel</h3>\n<p class="utrecht-paragraph">Een <strong>stap</strong> en '
        '<a href="https://a.example" class="utrecht-link utrecht-link--html-a" rel="noopener noreferrer">meer</a></p>\n'
    )


class Tags(HTMLParser):
    """Collects what a browser would act upon."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, list[tuple[str, str | None]]]] = []

    def handle_starttag(self, tag, attrs):
        """Keep one tag."""
        self.seen.append((tag, attrs))


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        '<p style="color:red" onclick="x()">hi</p>',
        "<img src=https://a.example/x.png onerror=x()>",
        "x\n\n<iframe src=https://a.example></iframe>",
    ],
)
def test_markdown_lets_nothing_through_that_acts_or_fetches(text):
    reader = Tags()
    reader.feed(render(text))
    assert {(tag, str(attrs)) for tag, attrs in reader.seen} == {("p", "[('class', 'utrecht-paragraph')]")}


def test_a_picture_is_left_as_words_with_a_link():
    assert "<img" not in render("![plaatje](https://a.example/x.png)")


def test_headings_of_the_writer_stay_below_those_of_the_page():
    assert [tag for tag in ("<h1", "<h2", "<h5") if tag in render("# a\n## b\n### c\n##### d")] == []
    assert render("## b").startswith('<h4 class="utrecht-heading-4">')
