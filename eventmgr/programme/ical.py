"""Events as iCalendar entries (RFC 5545, 5546): pure functions of the stored rows.

UID, SEQUENCE and the stamps come from the event, never from the moment or the request, so that the
same rows always give the same bytes and calendars see a change only where there is one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from itertools import pairwise
from typing import Literal
from zoneinfo import ZoneInfo

import icalendar

from eventmgr.clock import now
from eventmgr.i18n import _, in_language, say
from eventmgr.programme.models import Day, Event, EventStatus
from eventmgr.programme.vtimezones import VTIMEZONES
from eventmgr.programme.words import KIND_NAMES
from eventmgr.settings import current_settings
from eventmgr.web.text import plain_text

PRODID = "-//eventmgr//eventmgr//EN"
Status = Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]

_LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True)
class Entry:
    """What distinguishes one calendar entry of an event from another: identity and standing."""

    uid: str
    sequence: int
    revised_at: datetime
    url: str
    status: Status
    before_title: str = "%(title)s"
    """Translated pattern around the title, such as “Cancelled: %(title)s”."""
    is_busy: bool = False
    """Whether it takes the reader's time; an entry of a public feed does not."""


def event_address(event: Event) -> str:
    """Return the address of the event's page."""
    return f"{current_settings().public_url}/events/{event.slug}"


def public_entry(event: Event) -> Entry:
    """Return the event as everybody sees it."""
    return Entry(
        uid=event.uid,
        sequence=event.revision,
        revised_at=event.revised_at,
        url=event_address(event),
        status="CANCELLED" if event.is_cancelled else "CONFIRMED",
        before_title=_("Cancelled: %(title)s") if event.is_cancelled else "%(title)s",
    )


def vevents(event: Event, language: str, *, entry: Entry | None = None) -> list[icalendar.Event]:
    """Return one VEVENT per day of the event, written in that language and in the event's zone.

    Only zones with a rule (see `vtimezones`) are named; times in others are in UTC.
    """
    zone: tzinfo = ZoneInfo(event.zone) if event.zone in VTIMEZONES else UTC
    with in_language(language):
        chosen = entry or public_entry(event)
        days = event.days
        return [_vevent(event, chosen, day, zone, of=len(days)) for day in days]


def zones_of(events: Iterable[Event]) -> list[icalendar.Timezone]:
    """Return the VTIMEZONE of every zone that the entries of these events name, each once."""
    return [
        _vtimezone(zone) for zone in sorted({event.zone for event in events} & VTIMEZONES.keys())
    ]


@lru_cache
def _vtimezone(zone: str) -> icalendar.Timezone:
    parsed = icalendar.Timezone.from_ical(VTIMEZONES[zone])
    if not isinstance(parsed, icalendar.Timezone):
        raise TypeError(zone)
    return parsed


def personal_calendar(event: Event, *, uid: str, sequence: int, method: str, url: str) -> str:
    """Return the calendar part of a letter, in the current language: METHOD PUBLISH or CANCEL.

    Times are in UTC, because Outlook fails to apply a CANCEL with named zones. One UID whatever the
    number of days (RFC 5546, 3.2.5): several days are one entry that recurs.
    """
    is_cancel = method == "CANCEL"
    entry = Entry(
        uid=uid,
        sequence=sequence,
        revised_at=now(),  # with METHOD, DTSTAMP is when this text was made (RFC 5545, 3.8.7.2)
        url=url,
        status="CANCELLED" if is_cancel else "CONFIRMED",
        before_title=_("Cancelled: %(title)s") if is_cancel else "%(title)s",
        is_busy=not is_cancel,
    )
    component = _vevent(event, entry, event.days[0], UTC, of=1)
    component.add("organizer", _organiser())
    _recur(component, event.days)
    calendar = icalendar.Calendar()
    for name, value in (
        ("version", "2.0"),
        ("prodid", PRODID),
        ("calscale", "GREGORIAN"),
        ("method", method),
    ):
        calendar.add(name, value)
    calendar.add_component(component)
    text: bytes = calendar.to_ical(sorted=False)
    return text.decode()


def _organiser() -> icalendar.vCalAddress:
    """Return the office under the address its letters come from, or mail programs distrust them."""
    settings = current_settings()
    return icalendar.vCalAddress.new(
        f"mailto:{settings.mail_from}", cn=clean(settings.organiser_name)
    )


def _recur(component: icalendar.Event, days: list[Day]) -> None:
    """Repeat a first day for the others: by rule, or by dates where clocks change in between."""
    if len(days) == 1:
        return
    starts = [day.starts_at.astimezone(UTC) for day in days]
    steps = {later - earlier for earlier, later in pairwise(starts)}
    if steps == {timedelta(days=1)}:
        component.add("rrule", {"freq": "daily", "count": len(days)})
        return
    for start in starts[1:]:
        component.add("rdate", start)


def _vevent(event: Event, entry: Entry, day: Day, zone: tzinfo, *, of: int) -> icalendar.Event:
    stamp = entry.revised_at.astimezone(UTC).replace(microsecond=0)
    component = icalendar.Event()
    component.add("uid", _uid(entry.uid, day.number))
    component.add("dtstamp", stamp)
    component.add("last-modified", stamp)
    component.add("sequence", entry.sequence)
    component.add("status", entry.status)
    component.add("dtstart", day.starts_at.astimezone(zone))
    component.add("dtend", day.ends_at.astimezone(zone))
    component.add("summary", clean(entry.before_title % {"title": _title(event, day, of=of)}))
    component.add("description", clean(_description(event, entry.url)))
    _add_place(component, event)
    component.add("url", entry.url)
    component.add("categories", [str(KIND_NAMES[event.series.kind])])
    component.add("transp", "OPAQUE" if entry.is_busy else "TRANSPARENT")
    return component


def place_of(event: Event) -> str:
    """Return the place in one line, as a map understands it."""
    venue = event.venue
    if venue is None:
        return _("Online")
    name = f"{venue.name} ({event.room.name})" if event.room else venue.name
    return ", ".join(part for part in (name, venue.address) if part)


def _add_place(component: icalendar.Event, event: Event) -> None:
    component.add("location", clean(place_of(event)))
    venue = event.venue
    if venue and venue.latitude is not None and venue.longitude is not None:
        component.add("geo", (venue.latitude, venue.longitude))


def _uid(uid: str, number: int) -> str:
    """Return the UID of one day: the event's own for the first, `…-d2@…` for the second."""
    if number == 1:
        return uid
    left, _at, domain = uid.partition("@")
    return f"{left}-d{number}@{domain}"


def _title(event: Event, day: Day, *, of: int) -> str:
    title = say(event.title)
    if of == 1:
        return title
    return _("%(title)s (day %(number)s of %(total)s)", title=title, number=day.number, total=of)


def _description(event: Event, url: str) -> str:
    news = {
        EventStatus.MOVED: _("This event has moved."),
        EventStatus.CANCELLED: _("This event will not take place."),
    }.get(event.status, "")
    note = plain_text(say(event.status_note)) if news else ""
    texts = (plain_text(say(event.summary)), plain_text(say(event.description)))
    return "\n\n".join(part for part in (f"{news} {note}".strip(), *texts, url) if part)


def clean(text: str) -> str:
    """Return the text without characters that make strict parsers refuse a whole calendar."""
    return _CONTROLS.sub("", _LINE_ENDS.sub("\n", text))
