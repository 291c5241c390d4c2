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


def neighbours(event: Event, at: datetime) -> Neighbours:
    """Return the place of a public event in its series and what comes next there."""
    in_series = sa.and_(Event.series_id == event.series_id, PUBLIC)
    is_before = sa.or_(
        Event.starts_at < event.starts_at,
        sa.and_(Event.starts_at == event.starts_at, Event.id < event.id),
    )
    counts = sa.select(sa.func.count().filter(is_before), sa.func.count()).where(in_series)
    before, total = db.session.execute(counts.select_from(Event)).one()
    coming = sa.and_(
        in_series,
        Event.id != event.id,
        Event.starts_at > at,
        Event.status != EventStatus.CANCELLED,
    )
    query = sa.select(Event).where(coming).options(*in_list())
    next_ones = db.session.scalars(query.order_by(Event.starts_at, Event.id).limit(SHOWN)).all()
    return Neighbours(before + 1, total, next_ones)
