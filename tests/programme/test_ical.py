"""Calendar parts of letters."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from eventmgr.i18n import in_language
from eventmgr.programme import ical
from eventmgr.programme.models import Event
from tests.calendars.reading import entries, head, lines_of
from tests.factories import an_event

MY = "http://localhost:8000/my/TOKEN"


@pytest.fixture
def inside(app: Flask) -> Iterator[None]:
    """Be inside the app."""
    with app.app_context():
        yield


def _part(event: Event, method: str = "PUBLISH", sequence: int = 3) -> bytes:
    with in_language("en"):
        uid = "reg-abc@eventmgr.example"
        text = ical.personal_calendar(event, uid=uid, sequence=sequence, method=method, url=MY)
    return text.encode()


@pytest.mark.usefixtures("inside")
def test_a_ticket_comes_with_an_entry_to_add() -> None:
    starts = datetime(2027, 7, 1, 9, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    event = an_event(title={"de": "Werkstatt", "en": "Workshop"}, starts_at=starts)
    body = _part(event)
    (entry,) = entries(body)
    assert head(body) == {
        "VERSION": "2.0",
        "PRODID": "-//eventmgr//eventmgr//EN",
        "CALSCALE": "GREGORIAN",
        "METHOD": "PUBLISH",
    }
    assert (entry["UID"], entry["SEQUENCE"]) == ("reg-abc@eventmgr.example", "3")
    assert (entry["STATUS"], entry["TRANSP"]) == ("CONFIRMED", "OPAQUE")
    assert (entry["DTSTART"], entry["DTEND"]) == ("20270701T073000Z", "20270701T133000Z")
    assert entry["SUMMARY"] == "Workshop"
    assert entry["URL"] == MY
    assert entry["DESCRIPTION"].endswith(MY)
    assert entry["ORGANIZER"] == "mailto:programme@eventmgr.example"
    assert "ATTENDEE" not in entry
    assert re.fullmatch(r"\d{8}T\d{6}Z", entry["DTSTAMP"])


@pytest.mark.usefixtures("inside")
def test_a_withdrawal_takes_the_same_entry_back() -> None:
    event = an_event(title={"de": "Werkstatt"})
    body = _part(event, "CANCEL", sequence=4)
    (added,), (gone,) = entries(_part(event)), entries(body)
    assert (head(body)["METHOD"], gone["STATUS"], gone["SEQUENCE"]) == ("CANCEL", "CANCELLED", "4")
    assert gone["SUMMARY"] == "Cancelled: Werkstatt"
    same = ("UID", "DTSTART", "DTEND", "ORGANIZER")
    assert [gone[name] for name in same] == [added[name] for name in same]


@pytest.mark.usefixtures("inside")
def test_several_days_are_one_entry_that_recurs() -> None:
    starts = datetime(2027, 1, 11, 9, 0, tzinfo=ZoneInfo("America/Los_Angeles"))
    event = an_event(
        starts_at=starts, ends_at=starts + timedelta(days=4, hours=8), zone="America/Los_Angeles"
    )
    (entry,) = entries(_part(event))
    assert (entry["DTSTART"], entry["DTEND"]) == ("20270111T170000Z", "20270112T010000Z")
    assert entry["RRULE"] == "FREQ=DAILY;COUNT=5"


@pytest.mark.usefixtures("inside")
def test_several_days_across_a_switch_keep_their_hours() -> None:
    starts = datetime(2027, 3, 27, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    ends = datetime(2027, 3, 29, 16, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    event = an_event(starts_at=starts, ends_at=ends)
    lines = lines_of(_part(event))
    assert [value for name, value in lines if name in {"DTSTART", "RDATE", "RRULE"}] == [
        "20270327T080000Z",
        "20270328T070000Z",
        "20270329T070000Z",
    ]


@pytest.mark.usefixtures("inside")
def test_an_evening_that_ends_after_midnight_is_one_entry() -> None:
    starts = datetime(2027, 7, 1, 20, 0, tzinfo=UTC)
    event = an_event(starts_at=starts, ends_at=starts + timedelta(hours=5))
    assert [len(ical.vevents(event, "de"))] == [1]


@pytest.mark.usefixtures("inside")
def test_entries_of_the_same_rows_are_the_same() -> None:
    event = an_event()
    first, second = (
        [component.to_ical() for component in ical.vevents(event, "fr")] for _ in range(2)
    )
    assert first == second


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\x00\x0b\x1f\x7f\x9bz\tö", "az\tö"),
        ("a\x85b\u2028c\u2029d", "a\nb\nc\nd"),
        ("Łódź 🎉\ud800", "Łódź 🎉"),
    ],
)
def test_nothing_stays_that_strict_parsers_refuse(text: str, cleaned: str) -> None:
    assert ical.clean(text) == cleaned
