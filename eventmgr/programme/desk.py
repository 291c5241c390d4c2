"""What the desk asks of the programme beyond what the public sees."""

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from eventmgr.clock import now
from eventmgr.db import db
from eventmgr.programme import queries
from eventmgr.programme.models import Event, Region, Series, Session, Venue
from eventmgr.programme.search import folded
from eventmgr.programme.slugs import free_slug


def count_desk_events(*, series_slug: str = "", past: bool = False) -> int:
    """Count what `queries.desk_events` would return in all."""
    condition = Event.ends_at <= now() if past else Event.ends_at > now()
    query = sa.select(sa.func.count(Event.id)).where(condition)
    if series_slug:
        query = query.join(Series, Event.series_id == Series.id).where(Series.slug == series_slug)
    return db.session.scalar(query) or 0


def events_by_series() -> dict[int, int]:
    """Count the events of each series, drafts too."""
    query = sa.select(Event.series_id, sa.func.count()).group_by(Event.series_id)
    return dict(db.session.execute(query).all())


def events_by_venue() -> dict[int | None, int]:
    """Count the events at each venue, drafts too."""
    query = sa.select(Event.venue_id, sa.func.count()).group_by(Event.venue_id)
    return dict(db.session.execute(query).all())


def event_with_rooms(slug: str) -> Event | None:
    """Return an event with its agenda and all rooms of its house."""
    agenda = selectinload(Event.sessions)
    query = sa.select(Event).where(Event.slug == slug)
    return db.session.scalar(
        query.options(
            joinedload(Event.series),
            joinedload(Event.venue).options(joinedload(Venue.region), selectinload(Venue.rooms)),
            joinedload(Event.room),
            agenda.joinedload(Session.room),
            agenda.selectinload(Session.speakers),
        )
    )


def event_to_change(slug: str) -> Event | None:
    """Return what `event_with_rooms` does, with the event's row locked until the commit.

    Every change begins so: whoever comes at the same time waits here, then reads what was done.
    """
    _lock(Event, slug)
    return event_with_rooms(slug)


def series_to_change(slug: str) -> Series | None:
    """Return a series with its row locked until the commit."""
    _lock(Series, slug)
    return queries.series_by_slug(slug)


def venue_to_change(slug: str) -> Venue | None:
    """Return a venue with its rooms, its row locked until the commit."""
    _lock(Venue, slug)
    return queries.venue_by_slug(slug)


def _lock(table: type[Event | Series | Venue], slug: str) -> None:
    """Lock a row as weakly as a change allows: people sign up and are let in meanwhile.

    SQLite knows no such lock and needs none: there `transaction` lets in one at a time.
    """
    row = sa.select(table.id).where(table.slug == slug)
    db.session.execute(row.with_for_update(key_share=True))


def region_named(name: str) -> Region:
    """Return the region of that name, new at the end of the list where there is none."""
    regions = list(db.session.scalars(sa.select(Region)))
    known = [r for r in regions if folded(name) in map(folded, r.name.values())]
    if known:
        return known[0]
    return _new_region(name, position=max((r.position for r in regions), default=0) + 1)


def _new_region(name: str, *, position: int) -> Region:
    region = Region(slug=free_slug(Region, name), name={"de": name}, position=position)
    db.session.add(region)
    db.session.flush()
    return region
