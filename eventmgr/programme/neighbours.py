"""Where an event stands among those of its series."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from eventmgr.db import db
from eventmgr.programme.models import Event, EventStatus
from eventmgr.programme.queries import PUBLIC, in_list

SHOWN = 3


@dataclass(frozen=True)
class Neighbours:
    """The series around one event."""

    number: int
    total: int
    next_ones: Sequence[Event]
    """Events of the series that come after the present moment, without this one."""


_event_id: sa.BindParameter[int] = sa.bindparam("event_id")
_series_id: sa.BindParameter[int] = sa.bindparam("series_id")
_starts_at: sa.BindParameter[datetime] = sa.bindparam("starts_at")
_in_series = sa.and_(Event.series_id == _series_id, PUBLIC)
_is_before = sa.or_(
    Event.starts_at < _starts_at, sa.and_(Event.starts_at == _starts_at, Event.id < _event_id)
)
_COUNTS = (
    sa.select(sa.func.count().filter(_is_before), sa.func.count())
    .select_from(Event)
    .where(_in_series)
)
_NEXT_ONES = (
    sa.select(Event)
    .where(_in_series, Event.id != _event_id, Event.starts_at > sa.bindparam("at"))
    .where(Event.status != EventStatus.CANCELLED)
    .options(*in_list())
    .order_by(Event.starts_at, Event.id)
    .limit(SHOWN)
)


def neighbours(event: Event, at: datetime) -> Neighbours:
    """Return the place of a public event in its series and what comes next there."""
    this = {"event_id": event.id, "series_id": event.series_id}
    before, total = db.session.execute(_COUNTS, {**this, "starts_at": event.starts_at}).one()
    next_ones = db.session.scalars(_NEXT_ONES, {**this, "at": at}).all()
    return Neighbours(before + 1, total, next_ones)
