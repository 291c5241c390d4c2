"""What the door and the office ask of scans. Core statements: a scan must cost next to nothing."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from eventmgr.accounts import tokens
from eventmgr.checkin import codes, statements
from eventmgr.checkin.errors import NonceTaken
from eventmgr.checkin.models import Admission, CheckIn, Outcome
from eventmgr.checkin.policy import Door, Ticket
from eventmgr.clock import now
from eventmgr.db import db, run
from eventmgr.programme.models import EventStatus
from eventmgr.programme.search import folded, like_pattern
from eventmgr.registration.models import Registration, Status

FOUND_AT_MOST = 20
WORDS_AT_MOST = 10


@dataclass(frozen=True)
class ScanResult:
    """What a scan came to. Of a ticket for another event it tells the event, not the person."""

    nonce: str
    outcome: Outcome
    name: str = ""
    organisation: str = ""
    group: str = ""
    """Slug of the stakeholder group."""
    since: datetime | None = None
    """When the person came in, if they are in."""
    device: str = ""
    """Which device let them in."""
    cancelled_at: datetime | None = None
    other_event: dict[str, str] | None = None
    """The title of the event for which the ticket is."""
    other_starts_at: datetime | None = None
    other_zone: str = ""


@dataclass(frozen=True)
class Admitting:
    """A scan that let somebody in."""

    registration_id: int
    scanned_at: datetime


@dataclass(frozen=True)
class Found:
    """Somebody who was looked for by name."""

    registration_id: int
    name: str
    organisation: str
    group: str
    status: Status
    admitted_at: datetime | None


@dataclass(frozen=True)
class Count:
    """How many are there, of how many who are expected."""

    present: int
    expected: int


def door_of(event_id: int, *, device_id: int | None = None, device: str = "") -> Door | None:
    """Return the door of an event."""
    row = run(statements.DOOR, event_id=event_id).one_or_none()
    if row is None:
        return None
    return Door(
        event_id,
        row.slug,
        row.title,
        row.starts_at,
        row.ends_at,
        row.zone,
        row.status is EventStatus.CANCELLED,
        device_id,
        device,
    )


def ticket_of_code(code: codes.Code | None) -> Ticket | None:
    """Return the ticket that carries the code, whichever event it is for."""
    if code is None:
        return None
    if code.is_short:
        row = run(statements.TICKET_OF_SHORT_CODE, code=code.text).one_or_none()
    else:
        row = run(statements.TICKET_OF_CODE, digest=tokens.digest(code.text)).one_or_none()
    return Ticket(row.id, row.event_id, row.status) if row else None


def ticket_of_person(event_id: int, registration_id: int) -> Ticket | None:
    """Return the ticket of a person of that event."""
    asked = {"event_id": event_id, "registration_id": registration_id}
    row = run(statements.TICKET_OF_PERSON, **asked).one_or_none()
    return Ticket(row.id, row.event_id, row.status) if row else None


def result_of(door: Door, nonce: str) -> ScanResult | None:
    """Return what the scan of that nonce came to; None if there was none.

    Raises NonceTaken where it belongs to another event.
    """
    rows = run(statements.RESULT, nonce=nonce).all()
    if not rows:
        return None
    first = rows[0]
    if first.event_id != door.event_id:
        raise NonceTaken(nonce)
    if first.outcome is Outcome.WRONG_EVENT:
        return ScanResult(
            nonce,
            first.outcome,
            other_event=first.title,
            other_starts_at=first.starts_at,
            other_zone=first.zone,
        )
    day = door.day_at(first.scanned_at)
    admitted = next((row for row in rows if row.day == day), None)
    return ScanResult(
        nonce,
        first.outcome,
        first.name or "",
        first.organisation or "",
        first.group or "",
        admitted.admitted_at if admitted else None,
        admitted.device or "" if admitted else "",
        first.cancelled_at,
    )


def admitting_scan(event_id: int, nonce: str) -> Admitting | None:
    """Return the scan of that nonce if it let somebody in who was not let in again since."""
    query = sa.select(CheckIn.id, CheckIn.registration_id, CheckIn.scanned_at).where(
        CheckIn.nonce == nonce,
        CheckIn.event_id == event_id,
        CheckIn.outcome == Outcome.ADMITTED,
        CheckIn.registration_id.is_not(None),
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        return None
    again = sa.select(CheckIn.id).where(
        CheckIn.registration_id == row.registration_id,
        CheckIn.outcome == Outcome.ADMITTED,
        CheckIn.id > row.id,
    )
    is_latest = db.session.execute(again.limit(1)).one_or_none() is None
    return Admitting(row.registration_id, row.scanned_at) if is_latest else None


def count(door: Door) -> Count:
    """Return how many are in today, of how many who have a confirmed place."""
    day = door.day_at(now())
    row = run(statements.COUNT, event_id=door.event_id, day=day).one()
    return Count(row.present, row.expected)


def people_who_came(*conditions: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    """Count, as part of a larger statement, the people let in to whom the conditions apply.

    Each once, on however many days they came, and only those who are still expected.
    """
    came = sa.select(sa.func.count(sa.distinct(Admission.registration_id))).join(
        Registration, Registration.id == Admission.registration_id
    )
    return came.where(Registration.status == Status.CONFIRMED, *conditions).scalar_subquery()


def find_people(door: Door, words: str) -> list[Found]:
    """Return people of the event by name, organisation or short code; confirmed ones first."""
    wanted = folded(words).split()[:WORDS_AT_MOST]
    if not wanted:
        return []
    code = codes.read(words)
    by_words = sa.and_(
        *(Registration.search_text.like(like_pattern(word), escape="\\") for word in wanted)
    )
    by_code = Registration.short_code == code.text if code else sa.false()
    today = sa.and_(
        Admission.registration_id == Registration.id, Admission.day == door.day_at(now())
    )
    query = (
        sa.select(
            Registration.id,
            Registration.name,
            Registration.organisation,
            Registration.group,
            Registration.status,
            Admission.admitted_at,
        )
        .outerjoin(Admission, today)
        .where(Registration.event_id == door.event_id, sa.or_(by_words, by_code))
        .order_by(
            sa.case((Registration.status == Status.CONFIRMED, 0), else_=1),
            Registration.search_text,
            Registration.id,
        )
        .limit(FOUND_AT_MOST)
    )
    return [Found(*row) for row in db.session.execute(query)]
