"""The letters of registration: which one, to whom, with which facts. Rendering is `mail`'s work."""

from typing import Any

from eventmgr.clock import now
from eventmgr.i18n import formats, in_language, say
from eventmgr.mail.letters import Letter
from eventmgr.programme import ical
from eventmgr.programme.models import Event
from eventmgr.registration import secrets
from eventmgr.registration.models import Registration, Status
from eventmgr.registration.queries import waiting_position
from eventmgr.settings import current_settings

REPEAT_MINUTES = 10
"""The same letter to the same person goes out once in this time, however often they sign up."""


def letter_for(registration: Registration) -> Letter:
    """Return the letter that says where a registration stands: confirm, confirmed or waitlisted."""
    if registration.status is Status.PENDING:
        return _letter(registration, "confirm", repeatable=True)
    if registration.status is Status.WAITLISTED:
        position = waiting_position(registration)
        return _letter(registration, "waitlisted", repeatable=True, position=position)
    return _letter(registration, "confirmed", repeatable=True, **_ticket(registration))


def promoted(registration: Registration) -> Letter:
    """Return the letter for somebody who got a place from the line."""
    extra = _ticket(registration) if registration.status is Status.CONFIRMED else {}
    return _letter(registration, "promoted", **extra)


def cancelled(registration: Registration, *, was: Status) -> Letter:
    """Return the letter for somebody whose registration has ended, which also clears the calendar."""
    extra = _calendar(registration, "CANCEL") if was is Status.CONFIRMED else {}
    return _letter(registration, "cancelled", reason=registration.cancel_reason, **extra)


def event_moved(registration: Registration) -> Letter:
    """Return the letter that names the old and the new time or place."""
    extra = _calendar(registration, "PUBLISH") if registration.status is Status.CONFIRMED else {}
    event = registration.event
    key = f"moved-{event.revision}"
    with in_language(registration.language):
        former = formats.long_day(event.moved_from, event.zone) if event.moved_from else ""
    return _letter(registration, "event_moved", key=key, former=former, **extra)


def event_cancelled(registration: Registration) -> Letter:
    """Return the letter that says the event is off."""
    extra = _calendar(registration, "CANCEL") if registration.status is Status.CONFIRMED else {}
    return _letter(registration, "event_cancelled", key=f"off-{registration.event.revision}", **extra)


def _letter(
    registration: Registration,
    name: str,
    *,
    key: str = "",
    repeatable: bool = False,
    **extra: Any,  # noqa: ANN401 - JSON
) -> Letter:
    moment = now()
    if repeatable:
        key = str(int(moment.timestamp()) // (REPEAT_MINUTES * 60))
    cause = key or f"{registration.queue_number}-{registration.calendar_revision}"
    with in_language(registration.language):
        context = _facts(registration) | extra
    return Letter(
        key=f"registration-{registration.id}-{name}-{cause}",
        template=f"registration/letters/{name}",
        to_address=registration.email,
        to_name=registration.name,
        language=registration.language,
        about=f"registration:{registration.id}",
        context=context,
    )


def _facts(registration: Registration) -> dict[str, Any]:
    event = registration.event
    address = secrets.personal_address(registration)
    return {
        "name": registration.name,
        "status": str(registration.status),
        "title": say(event.title),
        "kind": str(event.series.kind),
        "when": formats.date_range(event.starts_at, event.ends_at, event.zone),
        "hours": formats.time_range(event.days[0].starts_at, event.days[0].ends_at, event.zone),
        "zone": "" if event.zone == current_settings().default_zone else formats.zone_name(event.starts_at, event.zone),
        "place": place_of(event),
        "address": event.venue.address if event.venue else "",
        "nearest_stop": event.venue.nearest_stop if event.venue else "",
        "note": say(event.status_note),
        "event_url": f"{current_settings().public_url}/events/{event.slug}",
        "my_url": address,
        "held_until": (
            formats.long_day(registration.held_until, event.zone)
            + ", "
            + formats.clock_time(registration.held_until, event.zone)
            if registration.held_until
            else ""
        ),
    }


def place_of(event: Event) -> str:
    """Return the place in one line, empty for an online event."""
    if event.venue is None:
        return ""
    room = event.room.name if event.room else ""
    return ", ".join(part for part in (event.venue.city, event.venue.name, room) if part)


def _ticket(registration: Registration) -> dict[str, Any]:
    return {
        "qr": secrets.qr_text(secrets.ticket_code(registration)),
        "qr_mask": registration.qr_mask,
        "short_code": registration.short_code,
        "pdf_url": f"{secrets.personal_address(registration)}/ticket.pdf",
        **_calendar(registration, "PUBLISH"),
    }


def _calendar(registration: Registration, method: str) -> dict[str, Any]:
    event = registration.event
    with in_language(registration.language):
        text = ical.personal_calendar(
            event,
            uid=f"reg-{registration.nonce}@{current_settings().calendar_domain}",
            sequence=event.revision + registration.calendar_revision,
            method=method,
            url=secrets.personal_address(registration),
        )
    return {"calendar": text, "calendar_method": method}
