"""Changes to the programme. Every change of an event goes through `change_event`."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from eventmgr.accounts import history
from eventmgr.clock import now
from eventmgr.db import db
from eventmgr.programme.errors import CapacityBelowTaken, EndsBeforeStart
from eventmgr.programme.models import (
    Event,
    EventStatus,
    ProgrammeVersion,
    Region,
    Room,
    Series,
    Session,
    Venue,
)
from eventmgr.programme.search import folded
from eventmgr.programme.slugs import free_slug
from eventmgr.settings import current_settings

TIME_AND_PLACE = frozenset(
    {"starts_at", "ends_at", "zone", "venue_id", "room_id", "attendance_mode"}
)
"""What a move gives an event; another hour of the doors alone is none."""
CALENDAR_FIELDS = TIME_AND_PLACE | {"status"}
"""What raises the revision, for calendars to take over (RFC 5546, 2.1.4; place is our own rule)."""


def create_event(series: Series, **values: Any) -> Event:  # noqa: ANN401 - columns of Event
    """Create a draft; its UID never changes afterwards."""
    _check_times(values["starts_at"], values["ends_at"])
    uid = f"{uuid.uuid4()}@{current_settings().calendar_domain}"
    slug = values.pop("slug", None) or free_slug(Event, _first_text(values["title"]))
    event = Event(uid=uid, slug=slug, series_id=series.id, revised_at=now(), **values)
    db.session.add(event)
    db.session.flush()
    refresh_search_text(event)
    history.record("event", event.id, "created")
    return event


def change_event(
    event: Event,
    *,
    is_news: bool = False,
    **changes: Any,  # noqa: ANN401 - columns of Event
) -> set[str]:
    """Apply changes; raise `revision` if calendars must know and `revised_at` if anybody must.

    Returns the names that really changed. Raises EndsBeforeStart and CapacityBelowTaken.
    """
    _check_times(changes.get("starts_at", event.starts_at), changes.get("ends_at", event.ends_at))
    before = {
        name: getattr(event, name)
        for name, value in changes.items()
        if getattr(event, name) != value
    }
    if not before:
        return set()
    if "capacity" in before:
        _check_capacity(event, changes["capacity"])
    for name in before:
        setattr(event, name, changes[name])
    event.revised_at = now()
    if event.is_public and (is_news or CALENDAR_FIELDS & before.keys()):
        event.revision = Event.revision + 1  # by the database: what was read may be old
    db.session.flush()
    refresh_search_text(event)
    bump_version()
    history.record(
        "event",
        event.id,
        "changed",
        before=_plain(before),
        after=_plain({n: changes[n] for n in before}),
    )
    return set(before)


def revise(event: Event) -> None:
    """Say that something that belongs to an event has changed, such as its agenda."""
    event.revised_at = now()
    db.session.flush()
    bump_version()


def publish(event: Event) -> None:
    """Show a draft to everybody. Publishing again changes nothing."""
    if event.status is EventStatus.DRAFT:
        change_event(event, status=EventStatus.SCHEDULED, published_at=now())


def move(event: Event, *, note: dict[str, str], **changes: Any) -> set[str]:  # noqa: ANN401 - time and place
    """Give a published event another time or place and say why.

    That always raises the revision: letters about it are known by that number.
    """
    moved = {"status": EventStatus.MOVED, "moved_from": event.moved_from or event.starts_at}
    return change_event(event, is_news=True, **moved, status_note=note, **changes)


def cancel(event: Event, *, note: dict[str, str]) -> None:
    """Call an event off; it stays visible as cancelled."""
    if not event.is_cancelled:
        change_event(event, status=EventStatus.CANCELLED, cancelled_at=now(), status_note=note)


def save_series(series: Series | None, **values: Any) -> Series:  # noqa: ANN401 - columns of Series
    """Create or change a series."""
    if series is None:
        slug = values.pop("slug", None) or free_slug(Series, _first_text(values["title"]))
        series = Series(slug=slug, revised_at=now(), **values)
        db.session.add(series)
        what = "created"
    else:
        what = "changed"
        has_new_title = "title" in values and values["title"] != series.title
        for name, value in values.items():
            setattr(series, name, value)
        series.revised_at = now()
        db.session.flush()
        if has_new_title:
            for event in _events_to_change(Event.series_id == series.id):
                refresh_search_text(event)
    db.session.flush()
    bump_version()
    history.record("series", series.id, what)
    return series


def save_venue(
    venue: Venue | None,
    *,
    rooms: Iterable[tuple[str, int | None]] = (),
    **values: Any,  # noqa: ANN401 - columns of Venue
) -> Venue:
    """Create or change a venue and its rooms (name, capacity); rooms in use stay.

    A changed name or address is news for calendars: the coming events there get a new revision.
    """
    if venue is None:
        slug = values.pop("slug", None) or free_slug(Venue, f"{values['city']} {values['name']}")
        venue = Venue(slug=slug, **values)
        venue.rooms = [Room(name=name, capacity=capacity) for name, capacity in rooms]
        db.session.add(venue)
        db.session.flush()
        history.record("venue", venue.id, "created")
    else:
        shown = ("name", "street", "postal_code", "city", "country", "latitude", "longitude")
        has_moved = any(name in values and getattr(venue, name) != values[name] for name in shown)
        for name, value in values.items():
            setattr(venue, name, value)
        _change_rooms(venue, rooms)
        db.session.flush()
        if has_moved:
            _revise_events_at(venue)
        history.record("venue", venue.id, "changed")
    bump_version()
    return venue


def _change_rooms(venue: Venue, rooms: Iterable[tuple[str, int | None]]) -> None:
    wanted = dict(rooms)
    ids = [room.id for room in venue.rooms]
    used = {
        *db.session.scalars(sa.select(Event.room_id).where(Event.room_id.in_(ids))),
        *db.session.scalars(sa.select(Session.room_id).where(Session.room_id.in_(ids))),
    }
    for room in list(venue.rooms):
        if room.name in wanted:
            room.capacity = wanted.pop(room.name)
        elif room.id not in used:
            venue.rooms.remove(room)
    venue.rooms.extend(Room(name=name, capacity=capacity) for name, capacity in wanted.items())


def _revise_events_at(venue: Venue) -> None:
    """Let calendars and the search know, and whoever is editing one of the events."""
    moment = now()
    for event in _events_to_change(Event.venue_id == venue.id):
        refresh_search_text(event)
        if event.is_over(moment):
            continue
        history.record("event", event.id, "venue changed")
        if event.is_public:
            event.revision = Event.revision + 1
            event.revised_at = moment
    db.session.flush()


def _events_to_change(condition: sa.ColumnElement[bool]) -> Sequence[Event]:
    """Return events with their rows locked, always in one order: nobody locks another out."""
    query = sa.select(Event).where(condition).order_by(Event.id)
    locked = query.with_for_update(key_share=True)
    return db.session.scalars(locked, execution_options={"populate_existing": True}).all()


def refresh_search_text(event: Event) -> None:
    """Store what the search compares: every text of the event, its series and its place."""
    series = db.session.get_one(Series, event.series_id)
    venue = db.session.get(Venue, event.venue_id) if event.venue_id else None
    texts: list[str] = []
    for content in (event.title, event.summary, event.description, series.title):
        texts.extend((content or {}).values())
    if venue:
        texts.extend((venue.name, venue.city))
    event.search_text = folded(" ".join(texts))
    db.session.flush()


def bump_version() -> None:
    """Say that something public changed; page caches render anew."""
    db.session.execute(sa.update(ProgrammeVersion).values(version=ProgrammeVersion.version + 1))
    db.session.info["forget_version"] = True


def version() -> int:
    """Return the number that changes with everything public."""
    return db.session.execute(sa.select(ProgrammeVersion.version)).scalar_one_or_none() or 0


def _check_times(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise EndsBeforeStart


def _check_capacity(event: Event, capacity: int) -> None:
    """Compare with the places as they are now, and keep them so until the commit."""
    db.session.refresh(event, ["places_taken", "waiting"], with_for_update=True)
    if capacity < event.places_taken:
        raise CapacityBelowTaken(event.places_taken)


def _first_text(content: dict[str, str]) -> str:
    return next((content[code] for code in ("de", "en", *content) if content.get(code)), "event")


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: str(value) if isinstance(value, datetime) else value for name, value in values.items()
    }


def region_by_slug(slug: str) -> Region | None:
    """Return a region."""
    return db.session.scalar(sa.select(Region).where(Region.slug == slug))
