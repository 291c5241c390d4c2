"""Places: taken, waited for, given back, promoted; the page cache hears only of what is shown."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from eventmgr.db import db
from eventmgr.programme import places, service
from eventmgr.programme.models import Event, places_level
from eventmgr.programme.places import Outcome
from tests.factories import an_event


def counters(event: Event) -> tuple[int, int, int]:
    db.session.refresh(event)
    return event.places_taken, event.waiting, event.sign_ups


def test_the_person_after_the_last_place_joins_the_line(session: object) -> None:
    event = an_event(capacity=2)
    outcomes = [places.take_place(event.id) for _ in range(4)]
    assert outcomes == [Outcome(True, 1), Outcome(True, 2), Outcome(False, 3), Outcome(False, 4)]
    assert counters(event) == (2, 2, 4)


def test_nobody_overtakes_the_line_when_a_place_falls_free(session: object) -> None:
    event = an_event(capacity=1)
    places.take_place(event.id)
    places.take_place(event.id)
    assert places.give_back_place(event.id) == 1
    assert places.take_place(event.id) == Outcome(False, 3)
    assert places.lock_places(event.id) == 1
    places.promote_one(event.id)
    assert counters(event) == (1, 1, 3)
    assert places.lock_places(event.id) == 0


def test_leaving_the_line_frees_no_place(session: object) -> None:
    event = an_event(capacity=1)
    places.take_place(event.id)
    places.take_place(event.id)
    places.leave_line(event.id)
    assert counters(event) == (1, 0, 2)


def test_the_database_itself_refuses_an_oversold_event(session: object) -> None:
    event = an_event(capacity=1)
    with pytest.raises(IntegrityError):
        db.session.execute(sa.update(Event).where(Event.id == event.id).values(places_taken=2))
    db.session.rollback()


@pytest.mark.parametrize(
    ("capacity", "taken", "waiting", "shown"),
    [
        (80, 10, 0, None),
        (80, 54, 0, None),
        (80, 55, 0, 25),
        (80, 57, 0, 20),
        (80, 74, 0, 5),
        (80, 77, 0, 3),
        (80, 80, 0, 0),
        (80, 79, 2, 0),
    ],
)
def test_places_are_shown_in_steps(
    capacity: int, taken: int, waiting: int, shown: int | None
) -> None:
    assert places_level(capacity, taken, waiting) == shown


def test_the_version_rises_only_when_the_places_shown_change(session: object) -> None:
    event = an_event(capacity=28)
    versions, start = [], service.version()
    for _ in range(5):
        places.take_place(event.id)
        versions.append(service.version() - start)
    assert versions == [0, 0, 1, 2, 2]  # “many” twice, then 25, 20 and 20 again
