"""The office edits an agenda."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from eventmgr.accounts import history
from eventmgr.db import db, transaction
from eventmgr.programme import desk, sessions
from eventmgr.programme.models import Person, Session
from tests.accounts.office import sign_in
from tests.factories import a_session, a_venue, an_event
from tests.programme.pages import Desk

STARTS = datetime(2030, 12, 10, 9, 30, tzinfo=ZoneInfo("Europe/Berlin"))
PATH = "/manage/events/one/agenda"
TALK = {
    "title__de": "Elektrolyse",
    "starts_at": "2030-12-10T10:00",
    "ends_at": "2030-12-10T10:45",
    "kind": "talk",
    "room": "",
    "speakers": "Ada Lovelace, TU Dresden\r\n\r\n  Bo   Ek  ",
}


@pytest.fixture
def olga(app: Flask, client: FlaskClient) -> Desk:
    """Return the browser of somebody from the office, and arrange an event."""
    with app.app_context():
        venue = a_venue(rooms=[("Saal", 60)])
        an_event(slug="one", starts_at=STARTS, venue=venue)
    return Desk(sign_in(app, client))


def agenda(app: Flask) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return title, start in UTC and speakers of each item."""
    with app.app_context():
        event = desk.event_with_rooms("one")
        assert event is not None
        return [
            (
                item.title["de"],
                item.starts_at.strftime("%H:%M"),
                [(person.name, person.organisation) for person in item.speakers],
            )
            for item in event.sessions
        ]


def test_an_item_comes_with_its_speakers(app: Flask, olga: Desk) -> None:
    page = olga.send(PATH, olga.open(PATH), **TALK)
    assert "The item is on the agenda." in page.words
    people = [("Ada Lovelace", "TU Dresden"), ("Bo Ek", "")]
    assert agenda(app) == [("Elektrolyse", "09:00", people)]
    assert page.fields["starts_at"] == "2030-12-10T10:45"


def test_a_double_click_adds_one_item(app: Flask, olga: Desk) -> None:
    for _ in range(2):
        olga.send(PATH, None, **TALK)
    assert len(agenda(app)) == 1


def test_speakers_are_known_again_by_name_and_house(app: Flask, olga: Desk) -> None:
    lines = ["Ada Lovelace, TU Dresden", "Ada Lovelace", "Ada Lovelace, HTW Dresden"]
    for number, line in enumerate(lines):
        title = {"title__de": f"Vortrag {number}"}
        olga.send(PATH, None, **{**TALK, **title, "speakers": line})
    with app.app_context():
        query = sa.select(Person.slug, Person.organisation).order_by(Person.id)
        people = [tuple(row) for row in db.session.execute(query)]
    assert people == [("ada-lovelace", "TU Dresden"), ("ada-lovelace-2", "HTW Dresden")]


@pytest.mark.parametrize(
    ("wrong", "errors"),
    [
        ({"title__de": ""}, ["Enter the title in German."]),
        ({"ends_at": "2030-12-10T10:00"}, ["The end must come after the start."]),
        (
            {"starts_at": "2030-12-01T10:00"},
            ["The event lasts from Tue 10/12, 09:30 to Tue 10/12, 15:30."],
        ),
        (
            {"ends_at": "2030-12-10T15:31"},
            ["The event lasts from Tue 10/12, 09:30 to Tue 10/12, 15:30."],
        ),
    ],
)
def test_an_item_lies_within_the_event(
    app: Flask, olga: Desk, wrong: dict[str, str], errors: list[str]
) -> None:
    page = olga.send(PATH, None, **{**TALK, **wrong})
    assert (page.status, page.errors) == (422, errors)
    assert page.fields["speakers"].split() == TALK["speakers"].split()
    assert agenda(app) == []


def test_an_item_is_changed_and_removed(app: Flask, olga: Desk) -> None:
    with app.app_context():
        event = desk.event_with_rooms("one")
        assert event is not None
        item = a_session(event, speakers=("Ada Lovelace",))
        path = f"{PATH}/{item.id}"
    page = olga.open(path)
    assert (page.fields["title-de"], page.fields["speakers"]) == ("Begrüßung", "Ada Lovelace")
    olga.send(path, page, title__de="Eröffnung", speakers="", kind="discussion")
    assert agenda(app) == [("Eröffnung", "08:30", [])]
    olga.send(f"{path}/remove", olga.open(path))
    assert agenda(app) == []
    assert "Agenda item removed" in olga.open("/manage/events/one").words
    assert olga.open(path).status == 404


def test_somebody_elses_change_is_told_first(app: Flask, olga: Desk) -> None:
    with app.app_context():
        event = desk.event_with_rooms("one")
        assert event is not None
        path = f"{PATH}/{a_session(event).id}"
    page = olga.open(path)
    with app.app_context(), history.acting_as("cli"), transaction():
        event = desk.event_with_rooms("one")
        assert event is not None
        found = event.sessions[0]
        sessions.save_session(event, found, speakers=[], title={"de": "Von anderen"})
    told = olga.send(path, page, title__de="Meins")
    assert (told.status, told.fields["title-de"]) == (409, "Meins")
    assert "Agenda item changed" in told.words
    assert agenda(app) == [("Von anderen", "08:30", [])]


def test_an_agenda_moves_along_by_the_clock(app: Flask) -> None:
    with app.app_context():
        event = an_event(slug="two", starts_at=STARTS)
        a_session(event, starts_at=STARTS.replace(hour=10))
        with transaction():
            moving = desk.event_with_rooms("two")
            assert moving is not None
            former, zone = moving.starts_at, moving.zone
            moving.starts_at = datetime(2031, 7, 1, 15, 0, tzinfo=UTC)
            moving.ends_at = datetime(2031, 7, 1, 23, 0, tzinfo=UTC)
            moving.zone = "America/New_York"
            sessions.move_along(moving, moving.sessions, former=former, zone=zone)
        found = db.session.scalars(sa.select(Session.starts_at)).all()
    assert found == [datetime(2031, 7, 1, 16, 0, tzinfo=UTC)]
