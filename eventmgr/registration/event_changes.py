"""Use cases that change an event and tell the people who mean to come, in one unit of work."""

from typing import Any

from eventmgr.db import db
from eventmgr.programme import desk, preview, sessions
from eventmgr.programme import service as programme
from eventmgr.programme.models import Event, EventStatus
from eventmgr.registration import service


def moved_copy(event: Event, note: dict[str, str], changes: dict[str, Any]) -> Event:
    """Return the event as it would be after `move`; the database never sees it."""
    former = event.moved_from or event.starts_at
    return preview.as_changed(
        event,
        status=EventStatus.MOVED,
        moved_from=former,
        status_note=note,
        **changes,
        sign_up_closes_at=_closing(event, changes),
        revision=event.revision + 1,
    )


def cancelled_copy(event: Event, note: dict[str, str]) -> Event:
    """Return the event as it would be after `cancel`; the database never sees it."""
    status, revision = EventStatus.CANCELLED, event.revision + 1
    return preview.as_changed(event, status=status, status_note=note, revision=revision)


def move(event: Event, note: dict[str, str], changes: dict[str, Any]) -> int:
    """Give an event another time or place and tell everybody; returns how many letters go out.

    The agenda and the end of sign-up move along. A cancelled event comes back to life, and with it
    the waiting list.
    """
    before, agenda = preview.as_changed(event), list(event.sessions)
    closing = _closing(event, changes)
    programme.move(event, note=note, sign_up_closes_at=closing, **changes)
    db.session.expire(event, ["venue", "room"])  # or letters would name the former place
    event = desk.event_with_rooms(event.slug) or event
    sessions.move_along(event, agenda, former=before.starts_at, zone=before.zone)
    letters = service.tell_moved(event, before)
    service.promote(event.id)
    return letters


def _closing(event: Event, changes: dict[str, Any]) -> Any:  # noqa: ANN401 - an instant or none
    """Return the end of sign-up, as long before the new start as it was before the former."""
    closes = event.sign_up_closes_at
    if closes is None:
        return None
    after = preview.as_changed(event, **changes)
    return sessions.shifted(closes, after, former=event.starts_at, zone=event.zone)


def cancel(event: Event, note: dict[str, str]) -> int:
    """Call an event off and tell everybody; returns how many letters go out."""
    programme.cancel(event, note=note)
    return service.tell_cancelled(event)


def change_places(event: Event, capacity: int) -> int:
    """Offer more or fewer places; returns how many people move up from the waiting list."""
    programme.change_event(event, capacity=capacity)
    return service.promote(event.id)
