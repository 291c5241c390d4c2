"""Use cases of the door. Refusals are outcomes, not exceptions; every try leaves one row.

Two things hold whoever comes at the same time: a nonce has one row, and a ticket is let in once a
day. Both are unique columns, and whoever comes second reads what the first has done.
"""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from eventmgr.checkin import codes, policy, queries
from eventmgr.checkin.errors import NothingToUndo
from eventmgr.checkin.models import Admission, CheckIn, Outcome
from eventmgr.checkin.policy import Door, Ticket
from eventmgr.checkin.queries import ScanResult
from eventmgr.clock import now
from eventmgr.db import db, insert_once


@dataclass(frozen=True)
class Scan:
    """One try as the device tells it: its mark, the same when it is sent again, and its time."""

    nonce: str
    scanned_at: datetime


def check_in(door: Door, scan: Scan, code: str) -> ScanResult:
    """Let the bearer of a code in, or say why not. The same nonce gets the same answer for ever.

    Raises NonceTaken.
    """
    return _decide(door, scan, queries.ticket_of_code(codes.read(code)))


def check_in_person(door: Door, scan: Scan, registration_id: int) -> ScanResult:
    """Let in somebody who was found by name, or say why not. Raises NonceTaken."""
    return _decide(door, scan, queries.ticket_of_person(door.event_id, registration_id))


def undo(door: Door, scan: Scan, undone: str) -> ScanResult:
    """Take back the admission that the scan of the nonce `undone` gave.

    Raises NothingToUndo where that scan let nobody in or the person was let in again since, and
    NonceTaken.
    """
    stored = queries.result_of(door, scan.nonce)
    if stored:
        return stored
    let_in = queries.admitting_scan(door.event_id, undone)
    if let_in is None:
        raise NothingToUndo(undone)
    _withdraw(let_in.registration_id, door.day_at(let_in.scanned_at))
    at = policy.believable(scan.scanned_at, now())
    _record(door, scan.nonce, let_in.registration_id, Outcome.UNDONE, at)
    return _result(door, scan)


def _decide(door: Door, scan: Scan, ticket: Ticket | None) -> ScanResult:
    at = policy.believable(scan.scanned_at, now())
    outcome = policy.outcome_of(door, ticket, at)
    if ticket and outcome is Outcome.ADMITTED:
        _let_in(door, scan.nonce, ticket.registration_id, at)
    else:
        _record(door, scan.nonce, ticket.registration_id if ticket else None, outcome, at)
    return _result(door, scan)


def _let_in(door: Door, nonce: str, registration_id: int, at: datetime) -> None:
    is_first = _admit(door, registration_id, at)
    outcome = Outcome.ADMITTED if is_first else Outcome.ALREADY_IN
    is_new = _record(door, nonce, registration_id, outcome, at)
    if is_first and not is_new:
        # Sent again after an undo, or the nonce of another ticket: it lets nobody in a second time.
        _withdraw(registration_id, door.day_at(at))


def _admit(door: Door, registration_id: int, at: datetime) -> bool:
    """Let the person in; False if they are in already."""
    new_id = insert_once(
        Admission,
        registration_id=registration_id,
        event_id=door.event_id,
        day=door.day_at(at),
        device_id=door.device_id,
        admitted_at=at,
    )
    return new_id is not None


def _withdraw(registration_id: int, day: int) -> None:
    is_theirs = sa.and_(Admission.registration_id == registration_id, Admission.day == day)
    db.session.execute(
        sa.delete(Admission).where(is_theirs), execution_options={"synchronize_session": False}
    )


def _record(
    door: Door, nonce: str, registration_id: int | None, outcome: Outcome, at: datetime
) -> bool:
    """Add the row of this scan; False if the nonce has one already."""
    new_id = insert_once(
        CheckIn,
        nonce=nonce,
        event_id=door.event_id,
        registration_id=registration_id,
        device_id=door.device_id,
        outcome=outcome,
        scanned_at=at,
        received_at=now(),
    )
    return new_id is not None


def _result(door: Door, scan: Scan) -> ScanResult:
    """Read the answer from the row, so that sending again gives the same."""
    result = queries.result_of(door, scan.nonce)
    if result is None:
        raise LookupError(scan.nonce)
    return result
