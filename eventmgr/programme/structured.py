"""An event as search engines and assistants read it: schema.org, as JSON-LD."""

from typing import Any

from flask import url_for

from eventmgr.i18n import formats, say
from eventmgr.programme.calendar_links import absolute
from eventmgr.programme.models import AttendanceMode, Event, EventStatus, Venue
from eventmgr.programme.states import SignUp
from eventmgr.settings import current_settings
from eventmgr.web.text import plain_text

SCHEMA = "https://schema.org"

_STATUS = {
    EventStatus.SCHEDULED: "EventScheduled",
    EventStatus.MOVED: "EventRescheduled",
    EventStatus.CANCELLED: "EventCancelled",
}
_ATTENDANCE = {
    AttendanceMode.ON_SITE: "OfflineEventAttendanceMode",
    AttendanceMode.ONLINE: "OnlineEventAttendanceMode",
    AttendanceMode.MIXED: "MixedEventAttendanceMode",
}
_AVAILABILITY = {
    SignUp.OPEN: "InStock",
    SignUp.FEW: "LimitedAvailability",
    SignUp.FULL: "SoldOut",
    SignUp.NOT_YET: "PreOrder",
    SignUp.CLOSED: "OutOfStock",
}


def structured_event(event: Event, state: SignUp) -> dict[str, Any]:
    """Return the event as a schema.org Event; nothing that the page does not show."""
    settings = current_settings()
    address = absolute(url_for("programme.event", slug=event.slug))
    facts: dict[str, Any] = {
        "@context": SCHEMA,
        "@type": "Event",
        "@id": address,
        "url": address,
        "name": say(event.title),
        "description": plain_text(say(event.summary) or say(event.description)),
        "startDate": _wall_time(event, "starts_at"),
        "endDate": _wall_time(event, "ends_at"),
        "doorTime": _wall_time(event, "doors_at"),
        "previousStartDate": _wall_time(event, "moved_from"),
        "eventStatus": f"{SCHEMA}/{_STATUS.get(event.status, 'EventScheduled')}",
        "eventAttendanceMode": f"{SCHEMA}/{_ATTENDANCE[event.attendance_mode]}",
        "inLanguage": event.languages,
        "maximumAttendeeCapacity": event.capacity,
        "isAccessibleForFree": True,
        "location": _locations(event, address),
        "offers": _offer(event, state),
        "organizer": {
            "@type": "Organization",
            "name": settings.organiser_name,
            "url": absolute("/"),
        },
        "performer": _performers(event),
        "superEvent": {
            "@type": "EventSeries",
            "name": say(event.series.title),
            "url": absolute(url_for("programme.series", slug=event.series.slug)),
        },
    }
    return {name: value for name, value in facts.items() if value}


def _wall_time(event: Event, field: str) -> str:
    moment = getattr(event, field)
    return formats.local(moment, event.zone).isoformat() if moment else ""


def _locations(event: Event, address: str) -> list[dict[str, Any]]:
    places: list[dict[str, Any]] = []
    if event.venue is not None:
        places.append(_place(event.venue))
    if event.attendance_mode is not AttendanceMode.ON_SITE:
        places.append({"@type": "VirtualLocation", "url": address})
    return places


def _place(venue: Venue) -> dict[str, Any]:
    place: dict[str, Any] = {
        "@type": "Place",
        "name": venue.name,
        "url": absolute(url_for("programme.venue", slug=venue.slug)),
        "address": {
            "@type": "PostalAddress",
            "streetAddress": venue.street,
            "postalCode": venue.postal_code,
            "addressLocality": venue.city,
            "addressCountry": venue.country,
        },
    }
    if venue.latitude is not None and venue.longitude is not None:
        place["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": venue.latitude,
            "longitude": venue.longitude,
        }
    return place


def _offer(event: Event, state: SignUp) -> dict[str, Any] | None:
    if state not in _AVAILABILITY:
        return None
    offer = {
        "@type": "Offer",
        "price": "0",
        "priceCurrency": "EUR",
        "availability": f"{SCHEMA}/{_AVAILABILITY[state]}",
        "url": absolute(url_for("registration.sign_up", slug=event.slug)),
        "validFrom": _wall_time(event, "sign_up_opens_at") or _wall_time(event, "published_at"),
        "validThrough": _wall_time(event, "sign_up_closes_at") or _wall_time(event, "starts_at"),
    }
    return {name: value for name, value in offer.items() if value}


def _performers(event: Event) -> list[dict[str, Any]]:
    people = {person.slug: person for session in event.sessions for person in session.speakers}
    return [
        {"@type": "Person", "name": person.name}
        | ({"affiliation": person.organisation} if person.organisation else {})
        for person in people.values()
    ]
