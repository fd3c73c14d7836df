"""Offerings as search engines read them (schema.org): Course with its instances, Event, JobPosting."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from catalog.enums import Form
from catalog.models import Offering, Session
from portal import clock
from portal.interface.markdown import render
from portal.organisation.queries import university_name

Data = dict[str, Any]
CONTEXT, COUNTRY = "https://schema.org", "NL"
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
    return {"@type": "Offer", "price": offering.cost_eur or 0, "priceCurrency": "EUR", "category": category}


def _organisation(offering: Offering) -> Data:
    return {"@type": "Organization", "name": str(offering.provider.label)}


def _where(session: Session) -> Data:
    if session.is_online:
        return {"@type": "VirtualLocation", "url": _url(session.offering)}
    room = str(session.room or university_name())
    return {"@type": "Place", "name": room, "address": _address(university_name())}


def _address(name: str) -> Data:
    return {"@type": "PostalAddress", "name": name, "addressCountry": COUNTRY}


def _times(session: Session) -> Data:
    local = (moment.astimezone(clock.AMSTERDAM) for moment in (session.starts_at, session.ends_at))
    start, end = (moment.isoformat(timespec="minutes") for moment in local)
    return {"startDate": start, "endDate": end, "location": _where(session), "inLanguage": session.language}


def _upcoming(offering: Offering) -> list[Session]:
    found: list[Session] = getattr(offering, "upcoming", [])
    return found


def _course(offering: Offering) -> list[Data]:
    mode = MODES[Form(offering.form)]
    about = {"@type": "CourseInstance", "courseMode": mode, "courseWorkload": f"PT{float(offering.hours):g}H"}
    runs = [{**about, **_times(run)} for run in _upcoming(offering)]
    if offering.form == Form.SELF_PACED:
        runs = runs or [about]
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
            "eventAttendanceMode": f"{CONTEXT}/{'Online' if run.is_online else 'Offline'}EventAttendanceMode",
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
        "description": render(str(offering.description)),
        "url": _url(offering),
        "datePosted": (offering.published_on or clock.today()).isoformat(),
        "hiringOrganization": {"@type": "Organization", "name": name},
        "jobLocation": {"@type": "Place", "name": name, "address": _address(name)},
    }
    if offering.closes_on:
        posting["validThrough"] = f"{offering.closes_on.isoformat()}T23:59"
    return [posting]
