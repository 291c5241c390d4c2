"""Plain functions that put a row into the database and commit it; every argument has a default.

They commit, so that the page or use case under test sees the row in its own unit of work, and give
back the object with what it shows already loaded.
"""

from datetime import datetime, time, timedelta
from itertools import count
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from eventmgr.clock import now
from eventmgr.db import Base, db
from eventmgr.programme import queries, service
from eventmgr.programme.models import (
    Event,
    EventStatus,
    Person,
    Region,
    Series,
    SeriesKind,
    Session,
    SessionKind,
    Venue,
)

T = TypeVar("T")
Column = Any
"""A value of whatever column is named."""

_numbers = count(1)


def at_berlin(days_ahead: int, hour: int = 10, minute: int = 0) -> datetime:
    """Return that wall-clock time in Berlin, so many days from today."""
    zone = ZoneInfo("Europe/Berlin")
    date = now().astimezone(zone).date() + timedelta(days=days_ahead)
    return datetime.combine(date, time(hour, minute), zone)


def a_region(slug: str = "dresden", **values: Column) -> Region:
    """Return the region of that slug, new if there is none."""
    region = db.session.scalar(sa.select(Region).where(Region.slug == slug))
    if region is None:
        region = Region(slug=slug, **{"name": {"de": slug.title()}, "position": 0, **values})
        _store(region)
    return region


def a_venue(*, region: Region | None = None, **values: Column) -> Venue:
    """Return a new venue in Dresden."""
    defaults = {
        "name": "Zeitenströmung",
        "street": "Königsbrücker Straße 96",
        "postal_code": "01099",
        "city": "Dresden",
        "latitude": 51.0785,
        "longitude": 13.7604,
    }
    region = region or a_region()
    venue = service.save_venue(None, region_id=region.id, **{**defaults, **values})
    slug = venue.slug
    db.session.commit()
    return _found(queries.venue_by_slug(slug))


def a_series(kind: SeriesKind = SeriesKind.WORKSHOP, **values: Column) -> Series:
    """Return a new series of workshops."""
    series = service.save_series(
        None, kind=kind, **{"title": {"de": "Werkstatt", "en": "Workshop"}, **values}
    )
    slug = series.slug
    db.session.commit()
    return _found(queries.series_by_slug(slug))


def an_event(
    *,
    series: Series | None = None,
    venue: Venue | None = None,
    is_online: bool = False,
    is_published: bool = True,
    **values: Column,
) -> Event:
    """Return a new published event in two weeks, at a venue unless it is online."""
    series = series or a_series()
    venue = None if is_online else venue or a_venue()
    starts_at = values.pop("starts_at", at_berlin(14))
    defaults = {
        "title": {"de": f"Werkstatt {next(_numbers)}"},
        "ends_at": starts_at + timedelta(hours=6),
        "zone": venue.zone if venue else "Europe/Berlin",
        "capacity": 80,
        "languages": ["de"],
        "venue_id": venue.id if venue else None,
    }
    event = service.create_event(series, starts_at=starts_at, **{**defaults, **values})
    if is_published and event.status is EventStatus.DRAFT:
        service.publish(event)
    slug = event.slug
    db.session.commit()
    return _found(queries.event_by_slug(slug))


def a_session(
    event: Event, *, speakers: tuple[str, ...] = (), minutes: int = 45, **values: Column
) -> Session:
    """Return a new item of the event's agenda, at its beginning."""
    starts_at = values.pop("starts_at", event.starts_at)
    defaults = {"title": {"de": "Begrüßung"}, "kind": SessionKind.TALK}
    session = Session(
        event_id=event.id,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
        speakers=[Person(slug=f"person-{next(_numbers)}", name=name) for name in speakers],
        **{**defaults, **values},
    )
    service.bump_version()
    _store(session)
    return session


def _store(row: Base) -> None:
    db.session.add(row)
    db.session.commit()


def _found(row: T | None) -> T:
    assert row is not None
    return row
