"""Loads the offerings with their sessions."""

from datetime import date, datetime, timedelta
from typing import Any

from catalog import models
from catalog.enums import PageKind, Status
from catalog.services.content.cards import details, slug_of
from catalog.services.content.dates import in_months, in_weeks, moments
from catalog.services.content.reference import both, put
from portal import clock
from portal.organisation.models import Faculty

Row = dict[str, Any]
SearchWords = dict[str, tuple[str, str]]
LANGUAGES = ("nl", "en")
# The content's faculty keys -> the codes of the sample university.
FACULTY_CODES = {
    "arts": "ART",
    "law_governance": "LAW",
    "science": "SCI",
    "economics_business": "ECB",
    "behavioural_social": "BSS",
    "engineering": "ENG",
    "spatial_marine": "SPM",
    "university_services": "USV",
}
# So that the editors of the sample have something to do: texts due for review.
OVERDUE_DAYS = {"plain_writing": 12, "walk_in_hour": 3, "interest_inventory": 40, "labour_market_scan": 26}


def load_offerings(file: Row, drafts: list[Row], spoken: SearchWords, *, today: date) -> int:
    """Load every offering and draft; returns how many there are."""
    faculties = _faculties(file["faculties"])
    rows = [*file["offerings"], *(draft | {"draft": True} for draft in drafts)]
    loaded = {
        row["key"]: _offering(row, file, faculties, today, spoken.get(row["key"], ("", ""))) for row in rows
    }
    for row in rows:
        loaded[row["key"]].related.set(loaded[key] for key in row.get("related", []) if key in loaded)
    return len(loaded)


def _faculties(names: dict[str, dict[str, str]]) -> dict[str, Faculty]:
    """Return the faculties by the content's key; those that are not there yet are made."""
    found = {}
    for key, name in names.items():
        defaults = {**both("name", name), "is_service": key == "university_services"}
        found[key] = Faculty.objects.get_or_create(code=FACULTY_CODES[key], defaults=defaults)[0]
    return found


def _offering(
    row: Row, file: Row, faculties: dict[str, Faculty], today: date, spoken: tuple[str, str]
) -> models.Offering:
    offering: models.Offering = put(
        models.Offering,
        row["key"],
        slug=slug_of(row["title"]),
        kind=models.Kind.objects.get(key=row["type"]),
        theme=models.Theme.objects.get(key=row["theme"]),
        provider=models.Provider.objects.get(key=row["provider"]["key"]),
        faculty=faculties.get(row["faculty_scope"]),
        **_texts(row),
        **_search_words(row["keywords"], spoken),
        **_facts(row),
        **_dates(row, today),
        details=details(row, file, today),
    )
    offering.audiences.set(models.Audience.objects.filter(key__in=row["target_groups"]))
    offering.career_factors.set(models.CareerFactor.objects.filter(key__in=row["career_factors"]))
    _pots(offering, row["manager_informed"]["notice_by_case"])
    for run in _runs(row):
        _session(offering, run, file["rooms"], today)
    return offering


def _texts(row: Row) -> dict[str, str]:
    best = row["best_moment"]
    return {
        **both("title", row["title"]),
        **both("summary", row["summary"]),
        **both("description", row["description"]),
        **both("result", row["result"]),
        **both("content", row["content_and_instruments"]),
        **both("structure", row["structure"]),
        **both("fits_when", best["fits_when"]),
        **both("fits_not_when", best["does_not_fit_when"]),
        **both("prerequisites", row.get("prerequisites")),
        **both("time_text", row["time_investment"]["text"]),
        **both("story", row.get("story", {}).get("text")),
        **both("owner_role", row["owner_role"]["label"]),
    }


def _search_words(own: dict[str, list[str]], spoken: tuple[str, str]) -> dict[str, str]:
    """Join the card's own search words and the everyday ones."""
    dutch, english = (
        [*own.get(code, []), *words.split(", ")] for code, words in zip(LANGUAGES, spoken, strict=True)
    )
    return both("keywords", {"nl": ", ".join(filter(None, dutch)), "en": ", ".join(filter(None, english))})


def _facts(row: Row) -> dict[str, Any]:
    return {
        "hours": row["time_investment"]["hours"],
        "form": row["form"],
        "effect": row["effect_type"],
        "setting": row["individual_or_group"],
        "languages": row["languages"],
        "cost_eur": row["cost_eur"],
        "informed": row["manager_informed"]["informed"],
        "contact_mailbox": row["contact"]["mailbox"],
        "page_kind": row.get("page_kind") or (PageKind.SCHEME if "scheme" in row else ""),
        "is_public": row["public"],
        "is_repeatable": row.get("repeatable", False),
        "status": Status.DRAFT if row.get("draft") else Status.PUBLISHED,
    }


def _dates(row: Row, today: date) -> dict[str, date | None]:
    """Return the dates of an offering; each review falls in the future unless the sample wants it overdue."""
    published = in_months(today, -row["published_months_ago"])
    review = published
    while review <= today:
        review = in_months(review, max(1, row["review_in_months"]))
    if row["key"] in OVERDUE_DAYS:
        review = today - timedelta(days=OVERDUE_DAYS[row["key"]])
    vacancy, gig = row.get("vacancy", {}), row.get("gig", {})
    first = vacancy.get("internal_first_until_weeks_from_now") or vacancy.get(
        "network_first_until_weeks_from_now"
    )
    closes = vacancy.get("closes_weeks_from_now") or gig.get("respond_within_weeks")
    starts = gig.get("starts_weeks_from_now")
    return {
        "published_on": None if row.get("draft") else published,
        "review_on": review,
        "closes_on": in_weeks(today, closes) if closes else None,
        "starts_on": in_weeks(today, starts, "monday") if starts else None,
        "internal_until": in_weeks(today, first) if first else None,
    }


def _pots(offering: models.Offering, cases: dict[str, str]) -> None:
    for order, (pot, notice) in enumerate(cases.items()):
        values = {"notice": models.ManagerNotice.objects.get(key=notice), "order": order}
        offering.pots.update_or_create(pot=pot, defaults=values)
    offering.pots.exclude(pot__in=cases).delete()


def _runs(row: Row) -> list[Row]:
    """Return the dated runs; the parts of a programme such as the career week are runs with a title."""
    return [*row.get("sessions", []), *row.get("programme", {}).get("parts", [])]


def _session(offering: models.Offering, run: Row, rooms: dict[str, dict[str, str]], today: date) -> None:
    starts_at, ends_at = moments(run, today)
    values = {
        "offering": offering,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "language": run["language"],
        "seats": run["capacity"],
        "is_online": run.get("online", False),
        "enrol_until": starts_at - timedelta(hours=12),
        "cancel_until": cancel_until(starts_at),
        **both("title", run.get("title")),
        **both("room", rooms.get(run.get("room", ""))),
    }
    session = put(models.Session, run["key"], **values)
    _hold(session, run)
    session.meetings.all().delete()
    for row in run.get("further_meetings", []):
        first, last = moments(row, today)
        where = {"is_online": row.get("online", False), **both("room", rooms.get(row.get("room", "")))}
        session.meetings.create(starts_at=first, ends_at=last, **where)


def _hold(session: models.Session, run: Row) -> None:
    """Hold the places that the sample says are gone, as far as real enrolments leave them free."""
    gone = round(run["capacity"] * run["enrolled_fraction"])
    session.refresh_from_db(fields=["taken", "seats"])
    session.held = min(gone, session.seats - session.taken)
    session.save(update_fields=["held"])


def cancel_until(starts_at: datetime) -> datetime:
    """Return until when one cancels free of charge: the end of the day two weeks before, at least the day before."""
    day = starts_at.astimezone(clock.AMSTERDAM).date() - timedelta(days=14)
    return max(clock.local(day, 23, 59), min(clock.now() + timedelta(days=1), starts_at))
