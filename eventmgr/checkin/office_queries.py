"""What the office asks of a door: who came when, which devices stand there, what was refused."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from eventmgr.accounts.models import Key, KeyKind
from eventmgr.checkin.models import Admission, CheckIn, Outcome
from eventmgr.checkin.policy import Door
from eventmgr.clock import now
from eventmgr.db import db

DEVICES_AT_MOST = 200


@dataclass(frozen=True)
class Device:
    """A link that was made for the door, and what was done with it."""

    id: int
    name: str
    expires_at: datetime
    revoked_at: datetime | None
    seen_at: datetime | None
    scans: int

    def is_working(self, at: datetime) -> bool:
        """Whether the link opens the door then."""
        return self.revoked_at is None and self.expires_at > at


def devices(event_id: int) -> list[Device]:
    """Return the devices of an event's door, the newest first."""
    scans = (
        sa.select(CheckIn.device_id, sa.func.count().label("count"))
        .where(CheckIn.event_id == event_id)
        .group_by(CheckIn.device_id)
        .subquery()
    )
    query = (
        sa.select(
            Key.id,
            Key.name,
            Key.expires_at,
            Key.revoked_at,
            Key.seen_at,
            sa.func.coalesce(scans.c.count, 0),
        )
        .outerjoin(scans, scans.c.device_id == Key.id)
        .where(Key.event_id == event_id, Key.kind == KeyKind.DOOR)
        .order_by(Key.id.desc())
        .limit(DEVICES_AT_MOST)
    )
    return [Device(*row) for row in db.session.execute(query)]


def arrival_times(door: Door) -> list[datetime]:
    """Return when people came in on the latest day of the event so far, in order."""
    query = sa.select(Admission.admitted_at).where(
        Admission.event_id == door.event_id, Admission.day == door.day_at(now())
    )
    return list(db.session.scalars(query.order_by(Admission.admitted_at)))


def refusals(event_id: int) -> dict[Outcome, int]:
    """Count the scans that let nobody in, by outcome."""
    query = sa.select(CheckIn.outcome, sa.func.count()).where(
        CheckIn.event_id == event_id, CheckIn.outcome != Outcome.ADMITTED
    )
    counts = dict(db.session.execute(query.group_by(CheckIn.outcome)).all())
    return {outcome: counts[outcome] for outcome in Outcome if outcome in counts}


def working_links(event_ids: Iterable[int]) -> dict[int, int]:
    """Count the links that open a door now, by event."""
    works = sa.and_(Key.revoked_at.is_(None), Key.expires_at > now(), Key.kind == KeyKind.DOOR)
    query = sa.select(Key.event_id, sa.func.count()).where(works, Key.event_id.in_(list(event_ids)))
    rows = db.session.execute(query.group_by(Key.event_id)).all()
    return {event_id: count for event_id, count in rows if event_id is not None}
