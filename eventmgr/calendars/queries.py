"""Which events a feed shows. Times are cut at midnight, so that bytes do not change by the minute.

An event that was ever public stays in its feeds as long as subscribers may have it: past ones for
over a year, cancelled ones as a tombstone until a month after they would have ended. Drafts never
appear, and whether the series itself is shown on the site makes no difference.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

import sqlalchemy as sa

from eventmgr.clock import now
from eventmgr.db import db
from eventmgr.programme.models import Event, EventStatus, Region, Series, SeriesKind, Venue
from eventmgr.programme.queries import PUBLIC, in_list

PAST_STAYS = timedelta(days=400)
TOMBSTONE_STAYS = timedelta(days=30)


def all_events() -> Sequence[Event]:
    """Return the events of the whole programme."""
    return _shown(sa.true())


def events_of_series(series: Series) -> Sequence[Event]:
    """Return the events of a series."""
    return _shown(Event.series_id == series.id)


def events_in_region(region: Region) -> Sequence[Event]:
    """Return the events at the venues of a region."""
    return _shown(Event.venue_id.in_(sa.select(Venue.id).where(Venue.region_id == region.id)))


def events_of_kind(kind: SeriesKind) -> Sequence[Event]:
    """Return the events of all series of that kind."""
    return _shown(Event.series_id.in_(sa.select(Series.id).where(Series.kind == kind)))


def _shown(condition: sa.ColumnElement[bool]) -> Sequence[Event]:
    midnight = datetime.combine(now().astimezone(UTC).date(), time.min, UTC)
    stays = sa.or_(
        Event.ends_at >= midnight - TOMBSTONE_STAYS,
        sa.and_(
            Event.status != EventStatus.CANCELLED,
            Event.ends_at >= midnight - PAST_STAYS,
        ),
    )
    query = sa.select(Event).where(PUBLIC, stays, condition).options(*in_list())
    return db.session.scalars(query.order_by(Event.starts_at, Event.uid)).all()
