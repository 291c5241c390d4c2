"""Changes to the agenda of an event."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from eventmgr.accounts import history
from eventmgr.db import db
from eventmgr.programme.models import Event, Person, Session
from eventmgr.programme.search import folded
from eventmgr.programme.service import revise
from eventmgr.programme.slugs import free_slug

Speaker = tuple[str, str]
"""Name and organisation, which may be unknown."""


def save_session(
    event: Event,
    session: Session | None,
    *,
    speakers: Iterable[Speaker],
    **values: Any,  # noqa: ANN401 - columns of Session
) -> Session:
    """Add an item to the agenda, or change one."""
    what = "agenda item changed" if session else "agenda item added"
    if session is None:
        session = Session(event_id=event.id)
    for name, value in values.items():
        setattr(session, name, value)
    session.speakers = [_person(*speaker) for speaker in dict.fromkeys(speakers)]
    db.session.add(session)
    db.session.flush()
    _record(event, what, session)
    return session


def remove_session(event: Event, session: Session) -> None:
    """Take an item off the agenda; its speakers stay known."""
    _record(event, "agenda item removed", session)
    db.session.delete(session)
    db.session.flush()


def move_along(event: Event, sessions: Iterable[Session], *, former: datetime, zone: str) -> None:
    """Keep the agenda's hours after the event has moved from that start in that zone.

    Rooms of the former house are let go.
    """
    rooms = {room.id for room in event.venue.rooms} if event.venue else set()
    for session in sessions:
        for name in ("starts_at", "ends_at"):
            moved = shifted(getattr(session, name), event, former=former, zone=zone)
            setattr(session, name, moved)
        if session.room_id not in rooms:
            session.room_id = None
    db.session.flush()


def shifted(moment: datetime, event: Event, *, former: datetime, zone: str) -> datetime:
    """Return the moment as far from the event's start, by the clock, as it was from the former."""
    since_start = _wall(moment, zone) - _wall(former, zone)
    wall = _wall(event.starts_at, event.zone) + since_start
    return wall.replace(tzinfo=ZoneInfo(event.zone)).astimezone(UTC)


def _wall(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def is_on_agenda(event: Event, values: dict[str, Any]) -> bool:
    """Whether there is an item with the same columns already."""
    return any(
        all(getattr(session, name) == value for name, value in values.items())
        for session in event.sessions
    )


def session_of(event: Event, session_id: int) -> Session | None:
    """Return an item of the event's loaded agenda."""
    return next((session for session in event.sessions if session.id == session_id), None)


def _person(name: str, organisation: str) -> Person:
    """Return the person of that name and house, or of that name alone where no house is known."""
    known = db.session.scalars(sa.select(Person).where(Person.name == name).order_by(Person.id))
    namesakes = [person for person in known if _may_be(person, organisation)]
    if namesakes:
        person = namesakes[0]
        person.organisation = person.organisation or organisation
        return person
    person = Person(slug=free_slug(Person, name), name=name, organisation=organisation)
    db.session.add(person)
    db.session.flush()
    return person


def _may_be(person: Person, organisation: str) -> bool:
    houses = {folded(person.organisation), folded(organisation)}
    return len(houses - {""}) <= 1


def _record(event: Event, what: str, session: Session) -> None:
    revise(event)
    history.record("event", event.id, what, title=session.title)
