"""Many devices at one door in the same moment, on both databases."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from eventmgr.checkin import service
from eventmgr.checkin.models import Admission, CheckIn, Outcome
from eventmgr.checkin.queries import ScanResult
from eventmgr.db import Base, db, transaction
from tests.checkin.door_cast import a_desk, a_person, a_scan, an_event_today
from tests.databases import Database, app_on

MANY = 16


@pytest.fixture
def crowded(database: Database) -> Iterator[Flask]:
    """Return an app on a database of its own, as threads of a server see it."""
    app = app_on(database.fresh_url(), database.folder)
    yield app
    with app.app_context():
        db.engine.dispose()


def at_once(work: Callable[[int], Any], many: int = MANY) -> list[Any]:
    """Do the work in many threads that start together; returns what each came to."""
    start = Barrier(many)

    def when_all_are_there(number: int) -> Any:
        start.wait()
        return work(number)

    with ThreadPoolExecutor(many) as threads:
        return list(threads.map(when_all_are_there, range(many)))


def rows(app: Flask) -> tuple[int, int]:
    """Return how many scans and how many admissions there are."""
    with app.app_context():
        return count_of(CheckIn), count_of(Admission)


def count_of(table: type[Base]) -> int:
    """Return how many rows a table has."""
    return db.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def test_of_sixteen_devices_with_one_ticket_exactly_one_lets_in(crowded: Flask) -> None:
    with crowded.app_context():
        event = an_event_today()
        ada = a_person(event.id)
        doors = [a_desk(event, f"Einlass {number}").door for number in range(MANY)]

    def scan(number: int) -> ScanResult:
        with crowded.app_context(), transaction():
            return service.check_in(doors[number], a_scan(), ada.code)

    results = at_once(scan)
    assert Counter(result.outcome for result in results) == {
        Outcome.ADMITTED: 1,
        Outcome.ALREADY_IN: MANY - 1,
    }
    assert len({(result.device, result.since) for result in results}) == 1
    winner = next(n for n, result in enumerate(results) if result.outcome is Outcome.ADMITTED)
    assert results[0].device == doors[winner].device
    assert rows(crowded) == (MANY, 1)


def test_one_scan_sent_sixteen_times_is_one_row_and_one_answer(crowded: Flask) -> None:
    with crowded.app_context():
        desk = a_desk(an_event_today())
        ada, door, scan = a_person(desk.event_id), desk.door, a_scan("nonce-of-all")

    def send(_number: int) -> ScanResult:
        with crowded.app_context(), transaction():
            return service.check_in(door, scan, ada.code)

    results = at_once(send)
    assert {result.outcome for result in results} == {Outcome.ADMITTED}
    assert len(set(map(repr, results))) == 1
    assert rows(crowded) == (1, 1)


def test_one_nonce_on_sixteen_tickets_lets_in_one(crowded: Flask) -> None:
    with crowded.app_context():
        desk = a_desk(an_event_today())
        people = [a_person(desk.event_id, f"Person {number}") for number in range(MANY)]
        door, scan = desk.door, a_scan("nonce-of-all")

    def send(number: int) -> ScanResult:
        with crowded.app_context(), transaction():
            return service.check_in(door, scan, people[number].code)

    assert len(set(map(repr, at_once(send)))) == 1
    assert rows(crowded) == (1, 1)


def test_undoing_and_scanning_at_once_leaves_a_state_that_fits_the_log(crowded: Flask) -> None:
    with crowded.app_context():
        desk = a_desk(an_event_today())
        ada, door = a_person(desk.event_id), desk.door
        with transaction():
            first = service.check_in(door, a_scan(), ada.code)

    def scan_or_undo(number: int) -> ScanResult:
        with crowded.app_context(), transaction():
            if number == 0:
                return service.undo(door, a_scan(), first.nonce)
            return service.check_in(door, a_scan(), ada.code)

    outcomes = Counter(result.outcome for result in at_once(scan_or_undo))
    assert outcomes[Outcome.UNDONE] == 1
    assert rows(crowded) == (MANY + 1, outcomes[Outcome.ADMITTED])
