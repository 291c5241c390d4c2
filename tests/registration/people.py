"""Registrations for tests, made by the use cases themselves."""

from typing import Any

import sqlalchemy as sa

from eventmgr.db import db, transaction
from eventmgr.mail.models import OutboxLetter
from eventmgr.programme import desk
from eventmgr.programme.models import Event
from eventmgr.registration import event_changes, queries, service
from eventmgr.registration.models import Registration, Status
from eventmgr.registration.service import Answers


def answers(email: str = "ada@example.org", name: str = "Ada Lovelace", **more: Any) -> Answers:
    """Return what Ada fills in."""
    return Answers(name=name, email=email, **more)


def sign_up(
    event: Event, email: str = "ada@example.org", *, language: str = "en", **more: Any
) -> Registration:
    """Sign somebody up and return where that left them."""
    with transaction():
        service.sign_up(event, answers(email, **more), language=language)
    return registration_of(event, email)


def a_confirmed(event: Event, email: str = "ada@example.org", **more: Any) -> Registration:
    """Sign somebody up who opens the letter and confirms."""
    registration = sign_up(event, email, **more)
    confirm(registration)
    return registration_of(event, email)


def confirm(registration: Registration) -> None:
    """Press the button of the letter's page."""
    with transaction():
        service.confirm(registration)


def cancel(registration: Registration) -> bool:
    """Give the place or the position free."""
    with transaction():
        return service.cancel(registration)


def move(event: Event, *, note: dict[str, str] | None = None, **changes: Any) -> int:
    """Give the event another time or place; returns how many people are told."""
    with transaction():
        found = desk.event_to_change(event.slug)
        assert found is not None
        return event_changes.move(found, note or {}, changes)


def registration_of(event: Event, email: str) -> Registration:
    """Return the registration of an address, with its event."""
    found = queries.registration_of(event.id, service.email_key(email))
    assert found is not None
    return found


def counters(event: Event) -> tuple[int, int]:
    """Return how many places the event counts as taken and how many people as waiting."""
    row = db.session.execute(
        sa.select(Event.places_taken, Event.waiting).where(Event.id == event.id)
    ).one()
    return row.places_taken, row.waiting


def statuses(event: Event) -> list[tuple[str, Status]]:
    """Return who stands where, in the order of the queue."""
    query = sa.select(Registration.email, Registration.status).where(
        Registration.event_id == event.id
    )
    ordered = query.order_by(Registration.queue_number)
    return [(email.partition("@")[0], status) for email, status in db.session.execute(ordered)]


def letters() -> list[tuple[str, str]]:
    """Return the letters so far: to whom, and which."""
    query = sa.select(OutboxLetter.to_address, OutboxLetter.template).order_by(OutboxLetter.id)
    return [
        (address.partition("@")[0], template.rpartition("/")[2])
        for address, template in db.session.execute(query)
    ]
