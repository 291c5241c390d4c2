"""Who stands at the door in these tests: Dieter's device, and people with tickets."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import count

from flask import Flask
from flask.testing import FlaskClient

from eventmgr.accounts import keys
from eventmgr.checkin import queries
from eventmgr.checkin.policy import Door
from eventmgr.checkin.service import Scan
from eventmgr.clock import now
from eventmgr.db import db
from eventmgr.programme.models import Event
from eventmgr.registration import secrets
from eventmgr.registration.answers import Answers, new_row
from eventmgr.registration.models import Registration, Status
from tests.factories import Column, an_event

_numbers = count(1)


@dataclass(frozen=True)
class Person:
    """Somebody with a ticket, as plain values that outlive the session."""

    id: int
    name: str
    code: str
    short_code: str


@dataclass(frozen=True)
class Desk:
    """A device at the door of an event, with the token of its link."""

    event_id: int
    slug: str
    token: str
    key_id: int
    name: str

    @property
    def door(self) -> Door:
        """Return the door as this device sees it."""
        found = queries.door_of(self.event_id, device_id=self.key_id, device=self.name)
        assert found is not None
        return found


def an_event_today(**values: Column) -> Event:
    """Return an event that began a quarter of an hour ago."""
    return an_event(starts_at=now() - timedelta(minutes=15), **values)


def a_desk(event: Event, name: str = "Einlass Nord") -> Desk:
    """Return a device with a link that works."""
    event_id, slug = event.id, event.slug
    token = keys.make_door_key(event_id, name, now() + timedelta(hours=8))
    db.session.commit()
    key = keys.door_key(token)
    assert key is not None
    return Desk(event_id, slug, token, key.id, name)


def a_person(
    event_id: int, name: str = "Ada Lovelace", status: Status = Status.CONFIRMED, **values: Column
) -> Person:
    """Return somebody with a ticket for the event."""
    number = next(_numbers)
    answers = Answers(
        name, f"person{number}@example.org", organisation="TU Dresden", group="science"
    )
    row = new_row(answers, language="de", at=now())
    registration = Registration(
        **{**row, "event_id": event_id, "queue_number": number, "status": status, **values}
    )
    db.session.add(registration)
    db.session.commit()
    return Person(registration.id, name, secrets.ticket_code(registration), registration.short_code)


def a_scan(nonce: str = "") -> Scan:
    """Return a scan made now."""
    return Scan(nonce or f"nonce-{next(_numbers):08}", now())


def at_the_door(app: Flask, desk: Desk) -> FlaskClient:
    """Return the browser of a device that has opened its link."""
    client = app.test_client()
    client.set_cookie("door", desk.token, path="/door")
    return client
