"""What pages, feeds and letters ask of the programme. Everything is loaded in a few statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.interfaces import ORMOption

from eventmgr.clock import now
from eventmgr.db import db
from eventmgr.programme.models import (
    Event,
    EventStatus,
    Person,
    Region,
    Series,
    SeriesKind,
    Session,
    Venue,
    session_speaker,
)
from eventmgr.programme.search import like_pattern
from eventmgr.settings import current_settings

PUBLIC = Event.status != EventStatus.DRAFT


@dataclass(frozen=True)
class Filters:
    """The filters of `/events`, by the names of its query parameters."""

    q: str = ""
    series: str = ""
    region: str = ""
    format: str = ""
    language: str = ""
    first: date | None = None
    last: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether everything is shown."""
        return self == Filters()


def in_list() -> tuple[ORMOption, ...]:
    """Load what a row of a list shows."""
    return (
        joinedload(Event.series),
        joinedload(Event.venue).joinedload(Venue.region),
        joinedload(Event.room),
    )


def on_page() -> tuple[ORMOption, ...]:
    """Load what the page of an event shows."""
    agenda = selectinload(Event.sessions)
    return (*in_list(), agenda.selectinload(Session.speakers), agenda.joinedload(Session.room))


_PUBLISHED = sa.select(Event).where(Event.slug == sa.bindparam("slug"), PUBLIC).options(*in_list())
_AGENDA = (
    sa.select(Session)
    .outerjoin(session_speaker, session_speaker.c.session_id == Session.id)
    .outerjoin(Person, Person.id == session_speaker.c.person_id)
    .where(Session.event_id == sa.bindparam("event_id"))
    .options(contains_eager(Session.speakers), joinedload(Session.room))
    .order_by(Session.starts_at, Session.id, Person.name)
)
"""Put together once, the agenda as one statement: this page is read most, and changes most."""


def published_event(slug: str) -> Event | None:
    """Return a published event with all that its page shows."""
    event = db.session.scalar(_PUBLISHED, {"slug": slug})
    if event is not None:
        agenda = db.session.scalars(_AGENDA, {"event_id": event.id}).unique().all()
        set_committed_value(event, "sessions", list(agenda))
    return event


def event_by_slug(slug: str) -> Event | None:
    """Return any event, drafts too, for the desk."""
    return db.session.scalar(sa.select(Event).where(Event.slug == slug).options(*on_page()))


def event_by_id(event_id: int) -> Event | None:
    """Return any event with its series and place."""
    return db.session.scalar(sa.select(Event).where(Event.id == event_id).options(*in_list()))


def coming_events(limit: int | None = None) -> list[Event]:
    """Return published events that are not over, the next first."""
    query = sa.select(Event).where(PUBLIC, Event.ends_at > now()).options(*in_list())
    return list(db.session.scalars(query.order_by(Event.starts_at, Event.id).limit(limit)))


def public_events(filters: Filters, *, limit: int | None = None, offset: int = 0) -> list[Event]:
    """Return published events that pass the filters, in order of time.

    Without a first day the list begins with what is not over yet.
    """
    query = sa.select(Event).where(*_conditions(filters)).options(*in_list())
    return list(
        db.session.scalars(query.order_by(Event.starts_at, Event.id).limit(limit).offset(offset))
    )


def count_public_events(filters: Filters) -> int:
    """Count what `public_events` would return in all."""
    return db.session.scalar(sa.select(sa.func.count(Event.id)).where(*_conditions(filters))) or 0


def count_by_kind(filters: Filters) -> dict[SeriesKind, int]:
    """Count published events by format, all other filters applied."""
    query = sa.select(Series.kind, sa.func.count(Event.id)).join(
        Series, Event.series_id == Series.id
    )
    rows = db.session.execute(
        query.where(*_conditions(filters, without="format")).group_by(Series.kind)
    )
    return dict(rows.all())


def count_by_region(filters: Filters) -> dict[str, int]:
    """Count published events by slug of region, all other filters applied."""
    query = sa.select(Region.slug, sa.func.count(Event.id)).join(Venue, Event.venue_id == Venue.id)
    query = query.join(Region, Venue.region_id == Region.id)
    rows = db.session.execute(
        query.where(*_conditions(filters, without="region")).group_by(Region.slug)
    )
    return dict(rows.all())


def _conditions(filters: Filters, without: str = "") -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = [PUBLIC]
    zone = ZoneInfo(current_settings().default_zone)
    if filters.first:
        conditions.append(Event.ends_at >= datetime.combine(filters.first, time.min, zone))
    else:
        conditions.append(Event.ends_at > now())
    if filters.last:
        conditions.append(
            Event.starts_at < datetime.combine(filters.last + timedelta(days=1), time.min, zone)
        )
    conditions.extend(
        Event.search_text.like(like_pattern(word), escape="\\") for word in filters.q.split()[:10]
    )
    if filters.series:
        conditions.append(
            Event.series_id.in_(sa.select(Series.id).where(Series.slug == filters.series))
        )
    if filters.format and without != "format":
        kinds = [kind for kind in SeriesKind if kind == filters.format]
        conditions.append(Event.series_id.in_(sa.select(Series.id).where(Series.kind.in_(kinds))))
    if filters.region and without != "region":
        venues = sa.select(Venue.id).join(Region, Venue.region_id == Region.id)
        conditions.append(Event.venue_id.in_(venues.where(Region.slug == filters.region)))
    if filters.language:
        conditions.append(
            sa.cast(Event.languages, sa.Text).like(f'%"{_letters(filters.language)}"%')
        )
    return conditions


def _letters(code: str) -> str:
    return "".join(c for c in code if c.isalpha())[:8]


def published_series(slug: str) -> Series | None:
    """Return a published series with its events, drafts left to the caller to skip."""
    events = selectinload(Series.events)
    options = (
        events.joinedload(Event.venue).joinedload(Venue.region),
        events.joinedload(Event.room),
    )
    return db.session.scalar(
        sa.select(Series).where(Series.slug == slug, Series.is_published).options(*options)
    )


def all_series(*, only_published: bool = False) -> list[Series]:
    """Return the series in order of kind and age."""
    query = sa.select(Series).order_by(Series.kind, Series.id)
    return list(db.session.scalars(query.where(Series.is_published) if only_published else query))


def series_by_slug(slug: str) -> Series | None:
    """Return any series, for the desk."""
    return db.session.scalar(sa.select(Series).where(Series.slug == slug))


def venue_by_slug(slug: str) -> Venue | None:
    """Return a venue with its rooms and region."""
    options = (joinedload(Venue.region), selectinload(Venue.rooms))
    return db.session.scalar(sa.select(Venue).where(Venue.slug == slug).options(*options))


def all_venues() -> list[Venue]:
    """Return all venues by town, with rooms and region."""
    query = sa.select(Venue).options(joinedload(Venue.region), selectinload(Venue.rooms))
    return list(db.session.scalars(query.order_by(Venue.city, Venue.name)))


def events_at(venue: Venue) -> list[Event]:
    """Return published events at a venue, past ones too."""
    query = sa.select(Event).where(Event.venue_id == venue.id, PUBLIC).options(*in_list())
    return list(db.session.scalars(query.order_by(Event.starts_at)))


def all_regions() -> list[Region]:
    """Return the regions in the order of the map."""
    return list(db.session.scalars(sa.select(Region).order_by(Region.position, Region.slug)))


def desk_events(
    *, series_slug: str = "", past: bool = False, page: int = 1, per_page: int = 50
) -> Sequence[Event]:
    """Return events for the desk, drafts too: coming ones in order, past ones newest first."""
    condition = Event.ends_at <= now() if past else Event.ends_at > now()
    order = Event.starts_at.desc() if past else Event.starts_at.asc()
    query = sa.select(Event).where(condition).options(*in_list()).order_by(order, Event.id)
    if series_slug:
        query = query.where(
            Event.series_id.in_(sa.select(Series.id).where(Series.slug == series_slug))
        )
    return db.session.scalars(query.limit(per_page).offset((page - 1) * per_page)).all()
