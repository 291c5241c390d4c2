"""The office moves an event, calls it off, offers more places, and people are told."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from eventmgr.accounts import history
from eventmgr.clock import now
from eventmgr.db import db, transaction
from eventmgr.mail import service as mail
from eventmgr.programme import desk
from eventmgr.programme import service as programme
from eventmgr.programme.models import AttendanceMode, Event, EventStatus
from eventmgr.registration import event_changes, service, told
from eventmgr.registration.models import Registration, Status
from eventmgr.settings import current_settings
from tests.accounts.office import sign_in
from tests.calendars.reading import entries
from tests.factories import a_session, a_venue, an_event
from tests.programme.pages import Desk
from tests.registration import people

BERLIN = ZoneInfo("Europe/Berlin")
STARTS = datetime(2030, 12, 10, 9, 30, tzinfo=BERLIN)
MOVE, CANCEL, PLACES = (f"/manage/events/one/{page}" for page in ("move", "cancel", "places"))
NEW_TIME = {"starts_at": "2030-12-17T10:30", "ends_at": "2030-12-17T16:30"}
WHY = {"note__de": "Der Saal wird *früher* gebraucht.", "note__en": "The hall is needed."}


@pytest.fixture
def olga(app: Flask, client: FlaskClient) -> Desk:
    """Return the browser of somebody from the office, and arrange an event with three people."""
    with app.app_context():
        event = an_event(
            slug="one",
            title={"de": "Werkstatt", "en": "Workshop", "fr": "Atelier"},
            starts_at=STARTS,
            sign_up_closes_at=STARTS - timedelta(days=2),
            capacity=2,
        )
        people.a_confirmed(event, "ada@example.org", language="fr")
        people.sign_up(event, "bo@example.org", language="en")
        people.sign_up(event, "cy@example.org", language="fr")
    return Desk(sign_in(app, client))


def stored(app: Flask) -> Event:
    """Return the event as it is stored."""
    with app.app_context():
        found = desk.event_with_rooms("one")
        assert found is not None
        return found


def new_letters(app: Flask, name: str) -> list[str]:
    """Return who gets the letter of that name."""
    with app.app_context():
        return sorted(to for to, letter in people.letters() if letter == name)


def test_before_an_event_moves_the_letter_and_its_readers_are_shown(app: Flask, olga: Desk) -> None:
    before = stored(app)
    page = olga.send(MOVE, olga.open(MOVE), **NEW_TIME, **WHY)
    assert page.status == 200
    assert "3 people get a letter: 1 with a confirmed place" in page.words
    assert "1 who has not confirmed yet 1 on the waiting list" in page.words
    assert "Français, for 2 people" in page.words
    assert "English, for 1 person" in page.words
    assert "Workshop" in page.words
    assert "The hall is needed." in page.words
    assert "10:30 to 16:30" in page.words
    after = stored(app)
    assert (after.revision, after.starts_at) == (before.revision, before.starts_at)
    assert new_letters(app, "event_moved") == []


def test_once_confirmed_the_event_moves_and_everybody_is_told(
    app: Flask, client: FlaskClient, olga: Desk
) -> None:
    with app.app_context():
        event = desk.event_with_rooms("one")
        assert event is not None
        a_session(event, starts_at=STARTS + timedelta(minutes=30))
    before = stored(app)
    (entry,) = entries(client.get("/calendars/events/one.ics").data)
    preview = olga.send(MOVE, olga.open(MOVE), **NEW_TIME, **WHY)
    done = olga.send(MOVE, preview, step="confirm")
    assert "3 letters are on their way." in done.words
    after = stored(app)
    week_and_hour = timedelta(days=7, hours=1)
    assert (after.status, after.moved_from) == (EventStatus.MOVED, before.starts_at)
    assert after.starts_at == before.starts_at + week_and_hour
    assert after.sessions[0].starts_at == before.sessions[0].starts_at + week_and_hour
    assert before.sign_up_closes_at is not None
    assert after.sign_up_closes_at == before.sign_up_closes_at + week_and_hour
    assert after.status_note == {"de": WHY["note__de"], "en": WHY["note__en"]}
    assert new_letters(app, "event_moved") == ["ada", "bo", "cy"]
    (moved,) = entries(client.get("/calendars/events/one.ics").data)
    assert (moved["UID"], int(moved["SEQUENCE"])) == (entry["UID"], int(entry["SEQUENCE"]) + 1)


def test_letters_name_the_new_place(app: Flask, olga: Desk) -> None:
    with app.app_context():
        venue = a_venue(city="Leipzig", name="Alte Messe", rooms=[("Halle 14", 500)])
        place = f"room-{venue.rooms[0].id}"
    preview = olga.send(MOVE, olga.open(MOVE), place=place, **WHY)
    assert "Alte Messe" in preview.words
    olga.send(MOVE, preview, step="confirm")
    with app.app_context():
        letters = [found for found in mail.letters() if "event_moved" in found.template]
        places = [(letter.context["city"], letter.context["place"]) for letter in letters]
    assert places == [("Leipzig", "Alte Messe, Halle 14")] * 3


@pytest.mark.parametrize("field", sorted(programme.TIME_AND_PLACE))
def test_every_further_move_reaches_everybody_whom_the_preview_names(
    app: Flask, olga: Desk, field: str
) -> None:
    with app.app_context():
        elsewhere = a_venue(city="Leipzig", rooms=[("Halle 14", 500)])
        values = {
            "starts_at": STARTS + timedelta(days=1, hours=1),
            "ends_at": STARTS + timedelta(days=1, hours=7),
            "zone": "Europe/London",
            "venue_id": elsewhere.id,
            "room_id": elsewhere.rooms[0].id,
            "attendance_mode": AttendanceMode.MIXED,
        }
    move_to(app, starts_at=STARTS + timedelta(days=1), ends_at=STARTS + timedelta(days=1, hours=6))
    one_id = stored(app).id
    with app.app_context():
        expected = told.people_told(one_id).total
    assert move_to(app, **{field: values[field]}) == expected == 3


def move_to(app: Flask, **changes: Any) -> int:
    """Move the event; return how many letters go out."""
    with app.app_context(), transaction():
        event = desk.event_to_change("one")
        assert event is not None
        return event_changes.move(event, {"de": "Darum"}, changes)


def test_what_was_typed_comes_back_to_be_changed(app: Flask, olga: Desk) -> None:
    preview = olga.send(MOVE, olga.open(MOVE), **NEW_TIME, **WHY)
    page = olga.send(MOVE, preview, step="edit")
    kept = {name: page.fields[name] for name in NEW_TIME}
    assert (page.status, page.errors, kept) == (200, [], NEW_TIME)
    assert page.fields["note-de"] == WHY["note__de"]
    assert stored(app).status is EventStatus.SCHEDULED


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        (WHY, ["Nothing moves yet: choose another time or place."]),
        (NEW_TIME, ["Say in German why the event moves."]),
        (
            {**NEW_TIME, **WHY, "ends_at": "2030-12-17T10:00"},
            ["The end must come after the start."],
        ),
    ],
)
def test_a_move_needs_another_time_and_a_reason(
    olga: Desk, typed: dict[str, str], errors: list[str]
) -> None:
    page = olga.send(MOVE, olga.open(MOVE), **typed)
    assert (page.status, page.errors) == (422, errors)


def test_a_move_does_not_overrule_somebody_else_in_silence(app: Flask, olga: Desk) -> None:
    preview = olga.send(MOVE, olga.open(MOVE), **NEW_TIME, **WHY)
    with app.app_context(), history.acting_as("cli"), transaction():
        event = desk.event_with_rooms("one")
        assert event is not None
        programme.change_event(event, doors_at=STARTS - timedelta(minutes=30))
    told = olga.send(MOVE, preview, step="confirm")
    assert (told.status, told.fields["starts_at"]) == (409, NEW_TIME["starts_at"])
    assert "Changed: doors" in told.words
    assert new_letters(app, "event_moved") == []
    done = olga.send(MOVE, olga.send(MOVE, told), step="confirm")
    assert "3 letters are on their way." in done.words


def test_before_an_event_is_off_the_letter_is_shown_then_everybody_is_told(
    app: Flask, client: FlaskClient, olga: Desk
) -> None:
    preview = olga.send(CANCEL, olga.open(CANCEL), **WHY)
    assert "3 people get a letter" in preview.words
    assert "The hall is needed." in preview.words
    assert stored(app).status is EventStatus.SCHEDULED
    done = olga.send(CANCEL, preview, step="confirm")
    assert "3 letters are on their way." in done.words
    after = stored(app)
    assert (after.status, after.cancelled_at is None) == (EventStatus.CANCELLED, False)
    assert new_letters(app, "event_cancelled") == ["ada", "bo", "cy"]
    (entry,) = entries(client.get("/calendars/events/one.ics").data)
    assert entry["STATUS"] == "CANCELLED"
    assert olga.open(CANCEL).status == 409


def test_a_cancelled_event_comes_back_with_a_new_date(app: Flask, olga: Desk) -> None:
    olga.send(CANCEL, olga.send(CANCEL, olga.open(CANCEL), **WHY), step="confirm")
    revision = stored(app).revision
    page = olga.open(MOVE)
    assert "Set a new date" in page.words
    olga.send(MOVE, olga.send(MOVE, page, **NEW_TIME, **WHY), step="confirm")
    after = stored(app)
    assert (after.status, after.revision) == (EventStatus.MOVED, revision + 1)
    assert new_letters(app, "event_moved") == ["ada", "bo", "cy"]
    public = olga.open("/events/one").words
    assert "This event takes place after all" in public
    assert "It was cancelled on" in public


def test_whoever_has_not_confirmed_gets_the_whole_time_anew(app: Flask, olga: Desk) -> None:
    """The place was kept for another date, and while an event is off no hold ends."""
    with app.app_context():
        late = sa.update(Registration).where(Registration.status == Status.PENDING)
        db.session.execute(late.values(held_until=now() - timedelta(hours=1)))
        db.session.commit()
    olga.send(CANCEL, olga.send(CANCEL, olga.open(CANCEL), **WHY), step="confirm")
    before = now()
    olga.send(MOVE, olga.send(MOVE, olga.open(MOVE), **NEW_TIME, **WHY), step="confirm")
    event = stored(app)
    with app.app_context():
        bo = people.registration_of(event, "bo@example.org")
        assert bo.held_until is not None
        assert bo.held_until >= before + current_settings().hold
        with transaction():
            assert service.expire_holds() == 0


def test_new_places_go_to_the_first_in_line(app: Flask, olga: Desk) -> None:
    page = olga.open(PLACES)
    assert "1 person is waiting" in page.words
    done = olga.send(PLACES, page, capacity="5")
    assert "1 person from the waiting list has a place now" in done.words
    after = stored(app)
    assert (after.capacity, after.places_taken, after.waiting) == (5, 3, 0)
    assert new_letters(app, "promoted") == ["cy"]


def test_there_cannot_be_fewer_places_than_are_taken(app: Flask, olga: Desk) -> None:
    page = olga.send(PLACES, olga.open(PLACES), capacity="1")
    assert (page.status, page.errors) == (422, ["2 places are taken already."])
    assert page.fields["capacity"] == "1"
    assert stored(app).capacity == 2


def test_a_draft_and_a_past_event_are_not_moved(app: Flask, olga: Desk) -> None:
    with app.app_context():
        an_event(slug="draft", is_published=False)
        an_event(slug="over", starts_at=now() - timedelta(days=2))
    pages = [
        olga.open(f"/manage/events/{slug}/{page}").status
        for slug in ("draft", "over")
        for page in ("move", "cancel", "places")
    ]
    assert pages == [409] * 6


def test_the_sample_is_no_person_and_leaves_no_trace(app: Flask, olga: Desk) -> None:
    olga.send(MOVE, olga.open(MOVE), **NEW_TIME, **WHY)
    with app.app_context():
        assert [to for to, _letter in people.letters() if to == "robin"] == []
        assert db.session.query(Event).count() == 1
