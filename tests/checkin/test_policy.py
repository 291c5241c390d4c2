from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from eventmgr.checkin.models import Outcome
from eventmgr.checkin.policy import Door, Ticket, believable, outcome_of
from eventmgr.registration.models import Status

START = datetime(2030, 6, 14, 8, tzinfo=UTC)


def a_door(*, hours: float = 8, **values: Any) -> Door:
    """Return a door in Berlin, where it is then ten o'clock."""
    facts: dict[str, Any] = {
        "event_id": 1,
        "slug": "event",
        "title": {"de": "Werkstatt"},
        "starts_at": START,
        "ends_at": START + timedelta(hours=hours),
        "zone": "Europe/Berlin",
        "is_cancelled": False,
    }
    return Door(**{**facts, **values})


def outcome(status: Status, at: datetime = START, **door: Any) -> Outcome:
    """Return what a ticket of this event comes to."""
    return outcome_of(a_door(**door), Ticket(5, 1, status), at)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (Status.CONFIRMED, Outcome.ADMITTED),
        (Status.PENDING, Outcome.UNCONFIRMED),
        (Status.INVITED, Outcome.UNCONFIRMED),
        (Status.WAITLISTED, Outcome.WAITLISTED),
        (Status.CANCELLED, Outcome.CANCELLED),
        (Status.DECLINED, Outcome.CANCELLED),
    ],
)
def test_only_a_confirmed_place_lets_in(status: Status, expected: Outcome) -> None:
    assert outcome(status) is expected


def test_a_code_that_nobody_has_is_unknown() -> None:
    assert outcome_of(a_door(), None, START) is Outcome.UNKNOWN


def test_a_ticket_of_another_event_does_not_let_in_here() -> None:
    assert outcome_of(a_door(), Ticket(5, 2, Status.CONFIRMED), START) is Outcome.WRONG_EVENT


def test_nobody_is_let_in_to_a_cancelled_event() -> None:
    assert outcome(Status.CONFIRMED, is_cancelled=True) is Outcome.CANCELLED


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (timedelta(hours=12), Outcome.ADMITTED),
        (timedelta(hours=12, seconds=1), Outcome.NOT_YET),
        (timedelta(days=7), Outcome.NOT_YET),
    ],
)
def test_a_ticket_is_good_from_twelve_hours_before_the_start(
    before: timedelta, expected: Outcome
) -> None:
    assert outcome(Status.CONFIRMED, START - before) is expected


@pytest.mark.parametrize(
    ("late", "expected"),
    [
        (timedelta(minutes=20), timedelta(minutes=20)),
        (timedelta(hours=25), timedelta(0)),
        (timedelta(minutes=-1), timedelta(0)),
        (timedelta(days=-9_000), timedelta(0)),
    ],
)
def test_the_clock_of_a_device_is_believed_within_reason(
    late: timedelta, expected: timedelta
) -> None:
    assert START - believable(START - late, START) == expected


def test_the_end_of_time_is_not_believed() -> None:
    for moment in (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)):
        assert believable(moment, START) == START


@pytest.mark.parametrize(
    ("hours_after_start", "day"), [(-11, 1), (0, 1), (14, 1), (19, 2), (24, 2), (47, 3), (500, 3)]
)
def test_an_event_of_three_days_counts_each_day(hours_after_start: int, day: int) -> None:
    door = a_door(hours=2 * 24 + 8)
    assert door.day_at(START + timedelta(hours=hours_after_start)) == day


def test_an_evening_that_ends_after_midnight_is_one_day() -> None:
    door = a_door(hours=17)
    assert door.day_at(START + timedelta(hours=17)) == 1
