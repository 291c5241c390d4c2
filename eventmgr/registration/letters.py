"""The letters of registration: which one, to whom, with which facts. Rendering is `mail`'s work."""

from datetime import date, datetime
from typing import Any

from eventmgr.clock import now
from eventmgr.i18n import _, formats, in_language, say
from eventmgr.mail.letters import Letter
from eventmgr.programme import ical
from eventmgr.programme.calendar_links import absolute
from eventmgr.programme.models import AttendanceMode, Event
from eventmgr.programme.words import ATTENDANCE_NAMES
from eventmgr.registration import secrets
from eventmgr.registration.models import Registration, Status
from eventmgr.registration.policy import EXPIRED
from eventmgr.registration.queries import waiting_position
from eventmgr.settings import current_settings
from eventmgr.web.text import plain_text

REPEAT_MINUTES = 10
"""The same letter to the same person goes out once in this time, however often they sign up."""


def letter_for(registration: Registration) -> Letter:
    """Return the letter that says where a registration stands: confirm, confirmed or waitlisted."""
    cause = f"{_cause(registration)}-{int(now().timestamp()) // (REPEAT_MINUTES * 60)}"
    if registration.status is Status.PENDING:
        return _letter(registration, "confirm", cause)
    if registration.status is Status.WAITLISTED:
        position = waiting_position(registration)
        return _letter(registration, "waitlisted", cause, position=position)
    return _letter(registration, "confirmed", cause, **_ticket(registration))


def promoted(registration: Registration) -> Letter:
    """Return the letter for somebody who got a place from the line."""
    extra = _ticket(registration) if registration.status is Status.CONFIRMED else {}
    return _letter(registration, "promoted", _cause(registration), **extra)


def cancelled(registration: Registration, *, was: Status) -> Letter:
    """Return the letter for somebody whose registration has ended; it also clears the calendar."""
    extra = _calendar(registration, "CANCEL") if was is Status.CONFIRMED else {}
    is_expired = registration.cancel_reason == EXPIRED
    reason = "" if is_expired else registration.cancel_reason
    facts = {"was": str(was), "is_expired": is_expired, "reason": reason}
    return _letter(registration, "cancelled", _cause(registration), **facts, **extra)


def event_moved(registration: Registration, before: Event) -> Letter:
    """Return the letter that says what this move has changed of the event as it was `before`."""
    event = registration.event
    extra = _calendar(registration, "PUBLISH") if registration.status is Status.CONFIRMED else {}
    with in_language(registration.language):
        changed = _changed(event, before)
    return _letter(registration, "event_moved", f"r{event.revision}", **changed, **extra)


def event_cancelled(registration: Registration) -> Letter:
    """Return the letter that says the event is off; it also clears the calendar."""
    extra = _calendar(registration, "CANCEL") if registration.status is Status.CONFIRMED else {}
    return _letter(registration, "event_cancelled", f"r{registration.event.revision}", **extra)


def _cause(registration: Registration) -> str:
    """Return what is another one when somebody cancels and joins again."""
    return f"{registration.queue_number}-{registration.calendar_revision}"


def _letter(
    registration: Registration,
    name: str,
    cause: str,
    **extra: Any,  # noqa: ANN401 - JSON
) -> Letter:
    with in_language(registration.language):
        facts = _facts(registration)
    return Letter(
        key=f"registration-{registration.id}-{name}-{cause}",
        template=f"registration/letters/{name}",
        to_address=registration.email,
        to_name=registration.name,
        language=registration.language,
        about=f"registration:{registration.id}",
        context=facts | extra,
    )


def _facts(registration: Registration) -> dict[str, Any]:
    event = registration.event
    my_url = secrets.personal_address(registration)
    return {
        "status": str(registration.status),
        "is_known": registration.address_confirmed_at is not None,
        "title": say(event.title),
        "kind": str(event.series.kind),
        "is_online": event.attendance_mode is not AttendanceMode.ON_SITE,
        "rows_before": [],
        **_time_of(event),
        **_place_of(event),
        "note": plain_text(say(event.status_note)),
        "event_url": ical.event_address(event),
        "events_url": absolute("/events"),
        "my_url": my_url,
        "cancel_url": f"{my_url}/cancel",
        "held_until": _moment(event, registration.held_until),
    }


def _time_of(event: Event) -> dict[str, Any]:
    first_day, zone = event.days[0], event.zone
    is_elsewhere = zone != current_settings().default_zone
    several = len(event.days) > 1
    return {
        "day": (formats.date_range if several else _one_day)(event.starts_at, event.ends_at, zone),
        "short_day": formats.short_day(event.starts_at, zone),
        "hours": formats.time_range(first_day.starts_at, first_day.ends_at, zone),
        "is_daily": several,
        "doors": formats.clock_time(event.doors_at, zone) if event.doors_at else "",
        "zone": formats.zone_name(event.starts_at, zone) if is_elsewhere else "",
    }


def _one_day(starts_at: datetime, _ends_at: datetime, zone: str) -> str:
    """Return the day an event begins, also of an evening that ends after midnight."""
    return formats.long_day(starts_at, zone)


def _place_of(event: Event) -> dict[str, Any]:
    venue, room = event.venue, event.room
    if venue is None:
        return {"place": "", "city": "", "address": "", "nearest_stop": ""}
    return {
        "place": f"{venue.name}, {room.name}" if room else venue.name,
        "city": venue.city,
        "address": venue.address,
        "nearest_stop": venue.nearest_stop,
    }


def _changed(event: Event, before: Event) -> dict[str, Any]:
    """Return what is different, and the former time and place only where they are."""
    when = [(one.starts_at, one.ends_at, one.zone) for one in (event, before)]
    where = [(one.venue_id, one.room_id) for one in (event, before)]
    former = _time_of(before)
    has_new_time, has_new_place = when[0] != when[1], where[0] != where[1]
    has_new_mode = event.attendance_mode is not before.attendance_mode
    return {
        "was_cancelled": before.is_cancelled,
        "has_new_day": _dates(event) != _dates(before),
        "former": _("%(day)s, %(time)s", day=former["day"], time=former["hours"])
        if has_new_time
        else "",
        "former_place": (_place_of(before)["place"] or _("Online")) if has_new_place else "",
        "new_mode": str(ATTENDANCE_NAMES[event.attendance_mode]) if has_new_mode else "",
    }


def _dates(event: Event) -> tuple[date, int]:
    """Return the first day by the calendar at the place, and how many there are."""
    return formats.local(event.starts_at, event.zone).date(), len(event.days)


def _moment(event: Event, moment: datetime | None) -> str:
    if moment is None:
        return ""
    day, time = formats.long_day(moment, event.zone), formats.clock_time(moment, event.zone)
    return _("%(day)s, %(time)s", day=day, time=time)


def _ticket(registration: Registration) -> dict[str, Any]:
    return {
        "qr": secrets.qr_text(secrets.ticket_code(registration)),
        "qr_mask": registration.qr_mask,
        "short_code": secrets.readable(registration.short_code),
        "pdf_url": f"{secrets.personal_address(registration)}/ticket.pdf",
        **_calendar(registration, "PUBLISH"),
    }


def _calendar(registration: Registration, method: str) -> dict[str, Any]:
    with in_language(registration.language):
        text = calendar_of(registration, method)
    return {"calendar": text, "calendar_method": method}


def calendar_of(registration: Registration, method: str = "PUBLISH") -> str:
    """Return the entry for the person's calendar, in the current language."""
    event = registration.event
    return ical.personal_calendar(
        event,
        uid=f"reg-{registration.nonce}@{current_settings().calendar_domain}",
        sequence=event.revision + registration.calendar_revision,
        method=method,
        url=secrets.personal_address(registration),
    )
