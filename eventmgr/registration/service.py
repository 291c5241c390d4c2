"""Use cases of registration. Each that touches places locks the event's row first.

`sign_up` runs on Core statements, because it is the hot path; the rest loads objects. Locking may
have meant waiting, so whatever was read before it is read again afterwards.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from eventmgr.accounts import history
from eventmgr.clock import now
from eventmgr.db import db, insert_once
from eventmgr.mail import service as mail
from eventmgr.programme import places
from eventmgr.programme.models import Event, EventStatus
from eventmgr.registration import feeds, letters, queries
from eventmgr.registration.answers import Answers, columns_of, email_key, new_row
from eventmgr.registration.errors import SignUpClosed
from eventmgr.registration.models import Registration, Status
from eventmgr.registration.policy import EXPIRED, is_live
from eventmgr.settings import current_settings

__all__ = [
    "EXPIRED",
    "Answers",
    "add",
    "cancel",
    "change_details",
    "confirm",
    "email_key",
    "expire_holds",
    "new_row",
    "promote",
    "sign_up",
    "tell_cancelled",
    "tell_moved",
]

EXPIRE_AT_ONCE = 100

NEW_CODES = 5
"""How often a short code is thrown anew where somebody has the same (about once in a million)."""


def sign_up(event: Event, answers: Answers, *, language: str) -> None:
    """Give the person a place (pending) or a position in the line, with a letter either way.

    Signing up twice changes nothing and sends the same letter again, so that the page tells nobody
    who has signed up. Raises SignUpClosed.
    """
    event_id = _id_of(event)
    outcome = places.take_place(event_id)
    event = queries.event_with_place(event_id)
    if not event.may_sign_up(now()):
        _undo(event_id, outcome)
        raise SignUpClosed
    row = _add(event, answers, outcome, language=language)
    if row is not None:
        registration = Registration(**row)
        registration.event = event
    else:
        _undo(event_id, outcome)
        registration = _known(event_id, answers)
        if not registration.is_active:
            _revive(registration, answers, language=language)
    mail.enqueue(letters.letter_for(registration))


def add(
    event: Event, answers: Answers, *, language: str, is_confirmed: bool
) -> Registration | None:
    """Register somebody for the office; None where the address is registered already."""
    event_id = _id_of(event)
    outcome = places.take_place(event_id)
    event = queries.event_with_place(event_id)
    row = _add(event, answers, outcome, language=language, is_confirmed=is_confirmed)
    if row is not None:
        registration = queries.registration_by_id(row["id"])
    else:
        _undo(event_id, outcome)
        registration = _known(event_id, answers)
        if registration.is_active:
            return None
        _revive(registration, answers, language=language, is_confirmed=is_confirmed)
    if registration.status is Status.CONFIRMED:
        feeds.ensure_key(registration)
    mail.enqueue(letters.letter_for(registration))
    return registration


def _id_of(event: Event) -> int:
    """Return the key of an event that may have been let go, without reading it again."""
    identity = sa.inspect(event).identity
    return int(identity[0]) if identity else event.id


def _add(
    event: Event,
    answers: Answers,
    outcome: places.Outcome,
    *,
    language: str,
    is_confirmed: bool = False,
) -> dict[str, Any] | None:
    """Insert the registration and return its columns; None if the address is there already."""
    moment = now()
    for _again in range(NEW_CODES):
        row = new_row(answers, language=language, at=moment)
        row |= {"event_id": event.id, **_standing(outcome, moment, is_confirmed=is_confirmed)}
        new_id = insert_once(Registration, **row)
        if new_id is not None:
            row["id"] = new_id
            history.record("registration", row["id"], "signed up", status=row["status"])
            return row
        if queries.is_registered(event.id, row["email_key"]):
            return None
    raise RuntimeError("no free short code")


def _standing(outcome: places.Outcome, moment: datetime, *, is_confirmed: bool) -> dict[str, Any]:
    """Return what follows from having got a place or not, for a new and for a revived row."""
    with_place = Status.CONFIRMED if is_confirmed else Status.PENDING
    is_held = outcome.has_place and not is_confirmed
    return {
        "queue_number": outcome.queue_number,
        "status": with_place if outcome.has_place else Status.WAITLISTED,
        "held_until": moment + current_settings().hold if is_held else None,
        "address_confirmed_at": moment if is_confirmed else None,
    }


def _known(event_id: int, answers: Answers) -> Registration:
    registration = queries.registration_of(event_id, email_key(answers.email))
    if registration is None:
        raise LookupError("the row that kept this address from being added is gone")
    return registration


def _undo(event_id: int, outcome: places.Outcome) -> None:
    if outcome.has_place:
        places.give_back_place(event_id)
    else:
        places.leave_line(event_id)


def _revive(
    registration: Registration, answers: Answers, *, language: str, is_confirmed: bool = False
) -> None:
    """Let somebody who had cancelled join again, at the end of the line."""
    outcome = places.take_place(registration.event_id)
    moment = now()
    values = columns_of(answers, moment) | _standing(outcome, moment, is_confirmed=is_confirmed)
    for name, value in values.items():
        setattr(registration, name, value)
    registration.language = language
    registration.created_at = moment
    registration.cancelled_at = None
    registration.cancel_reason = ""
    registration.calendar_revision += 1
    db.session.flush()
    history.record("registration", registration.id, "signed up again", status=registration.status)


def confirm(registration: Registration) -> None:
    """Note that the address is the person's own; a pending place becomes a confirmed one."""
    _lock(registration)
    if not registration.is_active or not is_live(registration.event):
        return
    was_known = registration.address_confirmed_at is not None
    registration.address_confirmed_at = registration.address_confirmed_at or now()
    if registration.status is Status.PENDING:
        registration.status = Status.CONFIRMED
        registration.held_until = None
        db.session.flush()
        feeds.ensure_key(registration)
        history.record("registration", registration.id, "confirmed")
        mail.enqueue(letters.letter_for(registration))
    elif not was_known:
        history.record("registration", registration.id, "address confirmed")


def cancel(registration: Registration, *, reason: str = "") -> bool:
    """Give the place back and promote the next in line; False if there was nothing to cancel."""
    _lock(registration)
    if not registration.is_active:
        return False
    was = registration.status
    registration.status = Status.CANCELLED
    registration.cancelled_at = now()
    registration.cancel_reason = reason
    registration.held_until = None
    registration.calendar_revision += 1
    db.session.flush()
    if was is Status.WAITLISTED:
        places.leave_line(registration.event_id)
    elif was in (Status.PENDING, Status.CONFIRMED):
        places.give_back_place(registration.event_id)
    history.record("registration", registration.id, "cancelled", before=was, reason=reason)
    mail.enqueue(letters.cancelled(registration, was=was))
    promote(registration.event_id)
    return True


def _lock(registration: Registration) -> None:
    """Lock the places of the event, then read what others may have changed until now."""
    places.lock_places(registration.event_id)
    queries.registration_by_id(registration.id)


def promote(event_id: int) -> int:
    """Give every free place to the first in line; returns how many got one.

    Nobody moves up once the event has begun or is off: the letter could only disappoint.
    """
    free = places.lock_places(event_id)
    if free <= 0:
        return 0
    event = queries.event_with_place(event_id)
    if not is_live(event) or event.starts_at <= now():
        return 0
    line = queries.first_in_line(event_id, free)
    for registration in line:
        places.promote_one(event_id)
        is_known = registration.address_confirmed_at is not None
        registration.status = Status.CONFIRMED if is_known else Status.PENDING
        registration.held_until = None if is_known else now() + current_settings().hold
        db.session.flush()
        if is_known:
            feeds.ensure_key(registration)
        history.record("registration", registration.id, "promoted", status=registration.status)
        mail.enqueue(letters.promoted(registration))
    return len(line)


def expire_holds() -> int:
    """Give back places of one event whose addresses were not confirmed in time; returns how many.

    The worker asks again until there are none. One event in each unit of work: whoever locked two
    could wait for somebody who waits for them. Once an event has begun its holds stay as they are.
    """
    moment = now()
    is_late = sa.and_(Registration.status == Status.PENDING, Registration.held_until <= moment)
    is_ahead = sa.and_(Event.starts_at > moment, Event.status != EventStatus.CANCELLED)
    event_id = db.session.scalar(
        sa.select(Event.id).join(Registration.event).where(is_late, is_ahead).limit(1)
    )
    if event_id is None:
        return 0
    places.lock_places(event_id)
    late = sa.select(Registration).where(is_late, Registration.event_id == event_id)
    in_order = late.order_by(Registration.queue_number).limit(EXPIRE_AT_ONCE)
    with history.acting_as("worker"):
        return sum(cancel(found, reason=EXPIRED) for found in db.session.scalars(in_order).all())


def tell_moved(event: Event, before: Event) -> int:
    """Write to everybody who has a place or waits for one; returns how many letters are new.

    They are told the differences from `before` (see `programme.preview`). Whoever has not confirmed
    yet gets the whole time to do so anew: the place may have been kept for another date, or for an
    event that was off.
    """
    unconfirmed = sa.and_(Registration.event_id == event.id, Registration.status == Status.PENDING)
    kept_until = now() + current_settings().hold
    db.session.execute(sa.update(Registration).where(unconfirmed).values(held_until=kept_until))
    told = _people_to_tell(event)
    return mail.enqueue(*(letters.event_moved(registration, before) for registration in told))


def tell_cancelled(event: Event) -> int:
    """Write to everybody who has a place or waits for one; returns how many letters are new."""
    told = _people_to_tell(event)
    return mail.enqueue(*(letters.event_cancelled(registration) for registration in told))


def _people_to_tell(event: Event) -> Sequence[Registration]:
    """Return them with the event's place read anew: it may be another one since a moment ago."""
    queries.event_with_place(event.id)
    return queries.people_to_tell(event.id)


def change_details(registration: Registration, answers: Answers) -> None:
    """Correct what the person told us; the address stays, because it was confirmed."""
    before = {"name": registration.name, "organisation": registration.organisation}
    values = columns_of(replace(answers, email=registration.email), now())
    values["consents"] = {
        name: registration.consents.get(name, at) for name, at in values["consents"].items()
    }
    for name, value in values.items():
        setattr(registration, name, value)
    db.session.flush()
    after = {"name": registration.name, "organisation": registration.organisation}
    history.record("registration", registration.id, "details changed", before=before, after=after)
