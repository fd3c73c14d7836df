"""Offerings as search engines read them (schema.org): Course with its instances, Event, JobPosting."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from catalog.enums import Form
from catalog.models import Offering, Session
from portal import clock
from portal.organisation.queries import university_name

Data = dict[str, Any]
CONTEXT = "https://schema.org"
MODES = {Form.LOCATION: "Onsite", Form.ONLINE: "Online", Form.HYBRID: "Blended", Form.SELF_PACED: "Online"}


def structured_data(offering: Offering) -> list[Data]:
    """Return what to tell search engines; nothing for internal offerings and kinds that have no type."""
    makers = {"Course": _course, "Event": _events, "JobPosting": _job}
    maker = makers.get(offering.kind.schema_type)
    if maker is None or offering.is_internal():
        return []
    return [{"@context": CONTEXT, **data} for data in maker(offering)]


def _url(offering: Offering) -> str:
    return settings.BASE_URL + reverse("catalog:offering", args=[offering.slug])


def _common(offering: Offering, kind: str) -> Data:
    return {
        "@type": kind,
        "name": str(offering.title),
        "description": str(offering.summary),
        "url": _url(offering),
    }


def _offer(offering: Offering) -> Data:
    category = "Paid" if offering.cost_eur else "Free"
    return {"@type": "Offer", "price": offering.cost_eur, "priceCurrency": "EUR", "category": category}


def _organisation(offering: Offering) -> Data:
    return {"@type": "Organization", "name": str(offering.provider.label)}


def _where(session: Session) -> Data:
    if session.is_online:
        return {"@type": "VirtualLocation", "url": _url(session.offering)}
    return {"@type": "Place", "name": str(session.room or university_name())}


def _times(session: Session) -> Data:
    local = (moment.astimezone(clock.AMSTERDAM) for moment in (session.starts_at, session.ends_at))
    start, end = (moment.isoformat(timespec="minutes") for moment in local)
    return {"startDate": start, "endDate": end, "location": _where(session), "inLanguage": session.language}


def _upcoming(offering: Offering) -> list[Session]:
    found: list[Session] = getattr(offering, "upcoming", [])
    return found


def _course(offering: Offering) -> list[Data]:
    mode = MODES[Form(offering.form)]
    runs = [{"@type": "CourseInstance", "courseMode": mode, **_times(run)} for run in _upcoming(offering)]
    course = {
        **_common(offering, "Course"),
        "provider": _organisation(offering),
        "inLanguage": offering.languages,
        "offers": _offer(offering),
    }
    return [course | ({"hasCourseInstance": runs} if runs else {})]


def _events(offering: Offering) -> list[Data]:
    return [
        {
            **_common(offering, "Event"),
            "name": str(run.title or offering.title),
            "organizer": _organisation(offering),
            "offers": _offer(offering),
            "eventStatus": f"{CONTEXT}/EventScheduled",
            **_times(run),
        }
        for run in _upcoming(offering)
    ]


def _job(offering: Offering) -> list[Data]:
    vacancy = offering.details.get("vacancy", {})
    names = vacancy.get("where", {})
    name = names.get(get_language() or "nl") or str(offering.provider.label)
    posting: Data = {
        "@type": "JobPosting",
        "title": str(offering.title),
        "description": str(offering.description),
        "url": _url(offering),
        "hiringOrganization": {"@type": "Organization", "name": name},
        "jobLocation": {"@type": "Place", "address": {"@type": "PostalAddress", "addressCountry": "NL"}},
    }
    if offering.published_on and offering.closes_on:
        posting |= {
            "datePosted": offering.published_on.isoformat(),
            "validThrough": offering.closes_on.isoformat(),
        }
    return [posting]
