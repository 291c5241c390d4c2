"""Use cases of registration. Each locks the event's places first (see `programme.places`).

`sign_up` runs on Core statements, because it is the hot path; the rest loads objects.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from eventmgr import qr
from eventmgr.accounts import history, tokens
from eventmgr.clock import now
from eventmgr.db import db, insert_or_ignore
from eventmgr.mail import service as mail
from eventmgr.programme import places
from eventmgr.programme.models import Event
from eventmgr.programme.search import folded
from eventmgr.registration import letters, secrets
from eventmgr.registration.errors import SignUpClosed
from eventmgr.registration.models import Registration, Status
from eventmgr.registration.queries import registration_by_id, registration_of
from eventmgr.settings import current_settings

EXPIRED = "hold expired"
EXPIRE_AT_ONCE = 100


@dataclass(frozen=True)
class Answers:
    """What somebody filled in at sign-up."""

    name: str
    email: str
    organisation: str = ""
    group: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    diet: str = ""
    assistance: str = ""
    consents: tuple[str, ...] = ()


def email_key(email: str) -> str:
    """Return the form in which two addresses are the same person's."""
    return email.strip().casefold()


def sign_up(event: Event, answers: Answers, *, language: str) -> None:
    """Give the person a place (pending) or a position in the line, with a letter either way.

    Signing up twice changes nothing and sends the same letter again, so that the page tells nobody who
    has signed up. Raises SignUpClosed.
    """
    if not event.may_sign_up(now()):
        raise SignUpClosed
    registration_id = _add(event, answers, language=language, status=None)
    registration = registration_by_id(registration_id) if registration_id else None
    if registration is None:
        registration = registration_of(event.id, email_key(answers.email))
        if registration is None:
            raise LookupError(answers.email)
        if not registration.is_active:
            _revive(registration, answers, language)
    mail.enqueue(letters.letter_for(registration))


def add(event: Event, answers: Answers, *, language: str, is_confirmed: bool) -> Registration | None:
    """Register somebody for the office; None where the address is registered already."""
    status = Status.CONFIRMED if is_confirmed else None
    registration_id = _add(event, answers, language=language, status=status)
    if registration_id is None:
        return None
    registration = registration_by_id(registration_id)
    mail.enqueue(letters.letter_for(registration))
    return registration


def _add(event: Event, answers: Answers, *, language: str, status: Status | None) -> int | None:
    """Insert the registration and count its place; None if the address is there already."""
    outcome = places.take_place(event.id)
    moment = now()
    row = new_row(answers, language=language, at=moment)
    with_place = status or Status.PENDING
    row |= {
        "event_id": event.id,
        "queue_number": outcome.queue_number,
        "status": with_place if outcome.has_place else Status.WAITLISTED,
        "held_until": moment + current_settings().hold if outcome.has_place and status is None else None,
        "address_confirmed_at": moment if status else None,
    }
    insert = insert_or_ignore(Registration.__table__).values(**row).returning(Registration.id)
    registration_id = db.session.execute(insert).scalar_one_or_none()
    if registration_id is None:
        _undo_count(event.id, has_place=outcome.has_place)
        return None
    history.record("registration", registration_id, "signed up", status=row["status"])
    return int(registration_id)


def new_row(answers: Answers, *, language: str, at: datetime) -> dict[str, Any]:
    """Return the columns of a new registration that do not depend on its event."""
    nonce = tokens.new_nonce()
    code = secrets.ticket_code_of(nonce)
    return {
        "nonce": nonce,
        "code_digest": tokens.digest(code),
        "token_digest": tokens.digest(secrets.personal_token_of(nonce)),
        "short_code": tokens.new_short_code(),
        "qr_mask": qr.best_mask(secrets.qr_text(code)),
        "language": language,
        "created_at": at,
        "cancel_reason": "",
        "calendar_revision": 0,
        **_personal(answers, at),
    }


def _personal(answers: Answers, at: datetime) -> dict[str, Any]:
    return {
        "name": answers.name,
        "email": answers.email.strip(),
        "email_key": email_key(answers.email),
        "organisation": answers.organisation,
        "group": answers.group,
        "answers": answers.answers,
        "diet": answers.diet,
        "assistance": answers.assistance,
        "consents": {name: at.isoformat() for name in answers.consents},
        "search_text": folded(f"{answers.name} {answers.organisation} {answers.email}"),
    }


def _undo_count(event_id: int, *, has_place: bool) -> None:
    if has_place:
        places.give_back_place(event_id)
    else:
        places.leave_line(event_id)


def _revive(registration: Registration, answers: Answers, language: str) -> None:
    """Let somebody who had cancelled join again, at the end of the line."""
    outcome = places.take_place(registration.event_id)
    moment = now()
    for name, value in _personal(answers, moment).items():
        setattr(registration, name, value)
    registration.language = language
    registration.queue_number = outcome.queue_number
    registration.status = Status.PENDING if outcome.has_place else Status.WAITLISTED
    registration.held_until = moment + current_settings().hold if outcome.has_place else None
    registration.created_at = moment
    registration.address_confirmed_at = None
    registration.cancelled_at = None
    registration.cancel_reason = ""
    registration.calendar_revision += 1
    db.session.flush()
    history.record("registration", registration.id, "signed up again", status=registration.status)


def confirm(registration: Registration) -> None:
    """Note that the address is the person's own; a pending place becomes a confirmed one."""
    places.lock_places(registration.event_id)
    db.session.refresh(registration)
    if registration.address_confirmed_at is None and registration.is_active:
        registration.address_confirmed_at = now()
    if registration.status is Status.PENDING:
        registration.status = Status.CONFIRMED
        registration.held_until = None
        db.session.flush()
        history.record("registration", registration.id, "confirmed")
        mail.enqueue(letters.letter_for(registration))


def cancel(registration: Registration, *, reason: str = "") -> bool:
    """Give the place back and promote the next in line; False if there was nothing to cancel."""
    places.lock_places(registration.event_id)
    db.session.refresh(registration)
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


def promote(event_id: int) -> int:
    """Give every free place to the first in line; returns how many got one."""
    promoted = 0
    for _ in range(places.lock_places(event_id)):
        registration = db.session.scalar(
            sa.select(Registration)
            .where(Registration.event_id == event_id, Registration.status == Status.WAITLISTED)
            .order_by(Registration.queue_number)
            .limit(1)
        )
        if registration is None:
            break
        places.promote_one(event_id)
        is_known = registration.address_confirmed_at is not None
        registration.status = Status.CONFIRMED if is_known else Status.PENDING
        registration.held_until = None if is_known else now() + current_settings().hold
        db.session.flush()
        history.record("registration", registration.id, "promoted", status=registration.status)
        mail.enqueue(letters.promoted(registration_by_id(registration.id)))
        promoted += 1
    return promoted


def expire_holds() -> int:
    """Give back places whose address was not confirmed in time; returns how many.

    Called by the worker inside a transaction; takes a limited number at a time.
    """
    late = sa.select(Registration.id, Registration.event_id).where(
        Registration.status == Status.PENDING, Registration.held_until <= now()
    )
    found = db.session.execute(late.order_by(Registration.event_id).limit(EXPIRE_AT_ONCE)).all()
    with history.acting_as("worker"):
        return sum(_expire(registration_id, event_id) for registration_id, event_id in found)


def _expire(registration_id: int, event_id: int) -> bool:
    """Cancel a hold unless the person has confirmed since it was found."""
    places.lock_places(event_id)
    registration = registration_by_id(registration_id)
    db.session.refresh(registration)
    is_late = registration.held_until is not None and registration.held_until <= now()
    if registration.status is not Status.PENDING or not is_late:
        return False
    return cancel(registration, reason=EXPIRED)


def change_details(registration: Registration, answers: Answers) -> None:
    """Correct what the person told us; the address stays, because it was confirmed."""
    before = {"name": registration.name, "organisation": registration.organisation}
    for name, value in _personal(answers, now()).items():
        if name not in ("email", "email_key", "consents"):
            setattr(registration, name, value)
    kept = {name: registration.consents.get(name, now().isoformat()) for name in answers.consents}
    registration.consents = kept
    registration.search_text = folded(f"{answers.name} {answers.organisation} {registration.email}")
    db.session.flush()
    after = {"name": registration.name, "organisation": registration.organisation}
    history.record("registration", registration.id, "details changed", before=before, after=after)
