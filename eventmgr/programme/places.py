"""Places of an event, never oversold: one guarded statement decides, whoever comes meanwhile.

Rule: whatever changes places begins with one of these statements. Each locks the event's row until
the commit, so all that follows is in strict order and no two use cases can lock each other out.
The row is always updated, also when nothing is free: a racing cancellation therefore always sees
the person who has just joined the line.
"""

from dataclasses import dataclass
from typing import Any, cast

import sqlalchemy as sa

from eventmgr.db import run
from eventmgr.programme.models import Event, places_level
from eventmgr.programme.service import bump_version

_events = cast("sa.Table", Event.__table__)
_free = sa.and_(Event.waiting == 0, Event.places_taken < Event.capacity)


def _change(**values: object) -> sa.UpdateBase:
    """Build a statement, once: that takes longer than running it."""
    of_event = sa.update(_events).where(Event.id == sa.bindparam("event_id"))
    return of_event.values(**values).returning(
        Event.capacity, Event.places_taken, Event.waiting, Event.sign_ups
    )


_TAKE = _change(
    places_taken=Event.places_taken + sa.case((_free, 1), else_=0),
    waiting=Event.waiting + sa.case((_free, 0), else_=1),
    sign_ups=Event.sign_ups + 1,
)
_GIVE_BACK = _change(places_taken=Event.places_taken - 1)
_LEAVE_LINE = _change(waiting=Event.waiting - 1)
_LOCK = _change(waiting=Event.waiting)
_PROMOTE = _change(places_taken=Event.places_taken + 1, waiting=Event.waiting - 1)


@dataclass(frozen=True)
class Outcome:
    """What a sign-up got: a place or a position in the line, and its number in the queue."""

    has_place: bool
    queue_number: int


def take_place(event_id: int) -> Outcome:
    """Take a place if one is free and nobody waits, else join the line."""
    row = _execute(_TAKE, event_id)
    has_place = row.waiting == 0  # the line is never empty once somebody has joined it
    _tell_level(
        row, taken_before=row.places_taken - has_place, waiting_before=row.waiting - (not has_place)
    )
    return Outcome(has_place, row.sign_ups)


def give_back_place(event_id: int) -> int:
    """Free one place; returns how many people wait."""
    row = _execute(_GIVE_BACK, event_id)
    _tell_level(row, taken_before=row.places_taken + 1, waiting_before=row.waiting)
    return int(row.waiting)


def leave_line(event_id: int) -> None:
    """Take one person out of the line."""
    row = _execute(_LEAVE_LINE, event_id)
    _tell_level(row, taken_before=row.places_taken, waiting_before=row.waiting + 1)


def lock_places(event_id: int) -> int:
    """Lock the event's row and return how many people could now be promoted from the line."""
    row = _execute(_LOCK, event_id)
    return int(min(row.waiting, row.capacity - row.places_taken))


def promote_one(event_id: int) -> None:
    """Turn one waiting person into one place; only while a place is free and somebody waits."""
    row = _execute(_PROMOTE, event_id)
    _tell_level(row, taken_before=row.places_taken - 1, waiting_before=row.waiting + 1)


def _execute(statement: sa.UpdateBase, event_id: int) -> sa.Row[Any]:
    return run(statement, event_id=event_id).one()


def _tell_level(row: sa.Row[Any], *, taken_before: int, waiting_before: int) -> None:
    """Empty the page cache only when the places *shown* change."""
    before = places_level(row.capacity, taken_before, waiting_before)
    if before != places_level(row.capacity, row.places_taken, row.waiting):
        bump_version()
