"""The office plans events: list, draft, edit, publish."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventmgr.accounts import history
from eventmgr.clock import now
from eventmgr.db import db, transaction
from eventmgr.programme import service
from eventmgr.programme.models import AttendanceMode, Event, EventStatus
from eventmgr.programme.queries import event_by_slug
from tests.accounts.office import sign_in
from tests.factories import a_series, a_venue, an_event
from tests.programme.pages import Desk
from tests.statements import counted


@pytest.fixture
def olga(app: Flask, client: FlaskClient) -> Desk:
    """Return the browser of somebody from the office."""
    return Desk(sign_in(app, client))


def stored(app: Flask, slug: str) -> Event:
    """Return an event as it is stored."""
    with app.app_context():
        found = event_by_slug(slug)
        assert found is not None
        db.session.expunge_all()
        return found


def filled(app: Flask) -> dict[str, str | list[str]]:
    """Return what a complete form for a new event holds."""
    with app.app_context():
        series, venue = a_series(), a_venue()
        return {
            "series": str(series.id),
            "title__de": "Werkstatt Wasserstoff",
            "title__fr": "  Atelier   hydrogène ",
            "summary__de": "Wer kauft ihn?",
            "description__de": "Erste Zeile\r\nZweite Zeile",
            "languages": ["de", "en"],
            "attendance_mode": "on_site",
            "place": f"venue-{venue.id}",
            "starts_at": "2030-12-10T09:30",
            "ends_at": "2030-12-10T16:00",
            "doors_at": "2030-12-10T09:00",
            "capacity": "80",
            "sign_up_closes_at": "2030-12-08T12:00",
            "asks_diet": "y",
        }


@pytest.mark.parametrize(
    "path",
    [
        "/manage/events",
        "/manage/events/new",
        "/manage/events/one",
        "/manage/events/one/edit",
        "/manage/events/one/publish",
        "/manage/events/one/agenda",
        "/manage/events/one/questions",
        "/manage/events/one/move",
        "/manage/series",
        "/manage/venues",
    ],
)
def test_a_stranger_is_sent_to_sign_in(app: Flask, client: FlaskClient, path: str) -> None:
    with app.app_context():
        an_event(slug="one")
    assert client.get(path).status_code == 303


@pytest.mark.parametrize("page", ["", "/edit", "/publish", "/agenda", "/questions", "/move"])
def test_an_unknown_event_is_a_404(olga: Desk, page: str) -> None:
    assert olga.open(f"/manage/events/nowhere{page}").status == 404


def test_a_new_event_is_a_draft_with_all_that_was_typed(app: Flask, olga: Desk) -> None:
    form = filled(app)
    page = olga.send("/manage/events/new", olga.open("/manage/events/new"), **form)
    assert (page.status, page.errors) == (200, [])
    assert "The draft is stored." in page.words
    event = stored(app, "werkstatt-wasserstoff")
    assert event.status is EventStatus.DRAFT
    assert event.title == {"de": "Werkstatt Wasserstoff", "fr": "Atelier hydrogène"}
    assert event.description == {"de": "Erste Zeile\nZweite Zeile"}
    assert event.languages == ["de", "en"]
    assert event.starts_at == datetime(2030, 12, 10, 8, 30, tzinfo=UTC)
    assert event.doors_at == datetime(2030, 12, 10, 8, 0, tzinfo=UTC)
    assert event.sign_up_closes_at == datetime(2030, 12, 8, 11, 0, tzinfo=UTC)
    assert (event.zone, event.capacity) == ("Europe/Berlin", 80)
    assert (event.asks_diet, event.asks_assistance) == (True, False)


def test_an_event_called_new_does_not_hide_behind_the_form(app: Flask, olga: Desk) -> None:
    olga.send("/manage/events/new", None, **{**filled(app), "title__de": "New"})
    assert stored(app, "new-2").title == {"de": "New", "fr": "Atelier hydrogène"}


def test_times_count_at_the_place(app: Flask, olga: Desk) -> None:
    form = filled(app)
    with app.app_context():
        venue = a_venue(city="San Francisco", zone="America/Los_Angeles")
        form["place"] = f"venue-{venue.id}"
    olga.send("/manage/events/new", None, **form)
    event = stored(app, "werkstatt-wasserstoff")
    assert event.zone == "America/Los_Angeles"
    assert event.starts_at == datetime(2030, 12, 10, 17, 30, tzinfo=UTC)


def test_a_room_is_chosen_with_its_house(app: Flask, olga: Desk) -> None:
    form = filled(app)
    with app.app_context():
        venue = a_venue(rooms=[("Saal", 60)])
        room = venue.rooms[0]
        form["place"], wanted = f"room-{room.id}", (venue.id, room.id)
    olga.send("/manage/events/new", None, **form)
    event = stored(app, "werkstatt-wasserstoff")
    assert (event.venue_id, event.room_id) == wanted


def test_an_online_event_has_its_own_zone_and_no_place(app: Flask, olga: Desk) -> None:
    online = {"attendance_mode": "online", "place": "", "zone": "Asia/Tokyo"}
    link = {"online_url": "https://meet.example/room"}
    olga.send("/manage/events/new", None, **{**filled(app), **online, **link})
    event = stored(app, "werkstatt-wasserstoff")
    assert (event.attendance_mode, event.venue_id) == (AttendanceMode.ONLINE, None)
    assert event.starts_at == datetime(2030, 12, 10, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wrong", "errors"),
    [
        ({"title__de": "  "}, ["Enter the title in German."]),
        ({"ends_at": "2030-12-10T09:30"}, ["The end must come after the start."]),
        (
            {"doors_at": "2030-12-10T10:00"},
            ["Doors open before the event starts, or at the same time."],
        ),
        ({"place": ""}, ["Choose the place, or say that people take part online."]),
        (
            {"attendance_mode": "online"},
            ["An online event has no place: choose none, or another way."],
        ),
        ({"capacity": "0"}, ["Enter a number from 1 to 100,000."]),
        ({"capacity": "many"}, ["Write a whole number, for example 80."]),
        ({"starts_at": ""}, ["Enter day and time, as clocks at the place show it."]),
        ({"starts_at": "soon"}, ["Write day and time, for example 2030-12-10T09:30."]),
        ({"online_url": "meet.example"}, ["Write the whole address, with https:// in front."]),
        (
            {"sign_up_opens_at": "2030-12-09T12:00"},
            ["Sign-up must close after it opens."],
        ),
        (
            {"starts_at": "2030-03-31T02:30"},
            ["Clocks jump over this time that night. Choose an earlier or a later one."],
        ),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_is_lost(
    app: Flask, olga: Desk, wrong: dict[str, str], errors: list[str]
) -> None:
    form = {**filled(app), **wrong}
    if "starts_at" in wrong and wrong["starts_at"].startswith("2030-03"):
        form["doors_at"] = ""
    page = olga.send("/manage/events/new", None, **form)
    assert (page.status, page.errors) == (422, errors)
    typed = {name.replace("__", "-"): value for name, value in form.items()}
    assert page.fields["title-fr"] == "Atelier hydrogène"
    assert page.fields.getlist("languages") == ["de", "en"]
    kept = ("summary-de", "place", "attendance_mode", "starts_at", "ends_at", "capacity")
    assert {name: page.fields[name] for name in kept} == {name: typed[name] for name in kept}
    with app.app_context():
        assert event_by_slug("werkstatt-wasserstoff") is None


@pytest.mark.parametrize(("choice", "hour"), [("0", 0), ("1", 1)])
def test_of_two_equal_times_one_is_chosen(app: Flask, olga: Desk, choice: str, hour: int) -> None:
    twice = {"starts_at": "2030-10-27T02:30", "ends_at": "2030-10-27T06:00", "doors_at": ""}
    form = {**filled(app), **twice, "sign_up_closes_at": ""}
    page = olga.send("/manage/events/new", None, **form)
    assert page.errors == ["Clocks show this time twice that night. Say which one you mean."]
    assert "the second, an hour later" in page.words
    olga.send("/manage/events/new", page, **{"starts_at-second": choice})
    starts_at = stored(app, "werkstatt-wasserstoff").starts_at
    assert starts_at == datetime(2030, 10, 27, hour, 30, tzinfo=UTC)
    again = olga.open("/manage/events/werkstatt-wasserstoff/edit")
    assert again.fields["starts_at-second"] == choice


def test_a_draft_shows_what_is_stored_and_saving_it_changes_nothing(app: Flask, olga: Desk) -> None:
    olga.send("/manage/events/new", None, **filled(app))
    before = stored(app, "werkstatt-wasserstoff")
    path = "/manage/events/werkstatt-wasserstoff/edit"
    page = olga.send(path, olga.open(path))
    assert "The changes are stored." in page.words
    after = stored(app, "werkstatt-wasserstoff")
    columns = Event.__table__.columns.keys()
    assert {n: getattr(after, n) for n in columns} == {n: getattr(before, n) for n in columns}


def test_a_published_event_keeps_time_and_place_while_texts_change(app: Flask, olga: Desk) -> None:
    with app.app_context():
        an_event(slug="one", title={"de": "Alt"})
    before = stored(app, "one")
    page = olga.open("/manage/events/one/edit")
    assert {"starts_at", "place", "capacity"} & set(page.fields) == set()
    sneaked = {"starts_at": "2031-01-01T10:00", "capacity": "5"}
    olga.send("/manage/events/one/edit", page, title__de="Neu", asks_diet="y", **sneaked)
    after = stored(app, "one")
    assert (after.title, after.asks_diet) == ({"de": "Neu"}, True)
    assert (after.starts_at, after.capacity) == (before.starts_at, before.capacity)
    assert after.revision == before.revision
    assert after.revised_at > before.revised_at


def test_whoever_saves_second_is_told_and_loses_nothing(app: Flask, olga: Desk) -> None:
    with app.app_context():
        an_event(slug="one", title={"de": "Alt"})
    page = olga.open("/manage/events/one/edit")
    with app.app_context(), history.acting_as("cli"), transaction():
        event = event_by_slug("one")
        assert event is not None
        service.change_event(event, summary={"de": "Von anderen"})
    told = olga.send("/manage/events/one/edit", page, title__de="Meins")
    assert told.status == 409
    assert "command line" in told.words
    assert "Changed: summary" in told.words
    assert told.fields["title-de"] == "Meins"
    assert stored(app, "one").title == {"de": "Alt"}
    olga.send("/manage/events/one/edit", told)
    assert stored(app, "one").title == {"de": "Meins"}


def test_sending_the_same_twice_is_no_conflict(app: Flask, olga: Desk) -> None:
    with app.app_context():
        an_event(slug="one", title={"de": "Alt"})
    page = olga.open("/manage/events/one/edit")
    answers = [olga.send("/manage/events/one/edit", page, title__de="Neu") for _ in range(2)]
    assert [answer.status for answer in answers] == [200, 200]


def test_doors_and_link_of_a_published_event_are_corrected(app: Flask, olga: Desk) -> None:
    with app.app_context():
        an_event(slug="one", starts_at=datetime(2030, 12, 10, 9, 30, tzinfo=UTC))
    page = olga.open("/manage/events/one/edit")
    wrong = {"online_url": "meet.example.org", "doors_at": "2030-12-10T11:00"}
    refused = olga.send("/manage/events/one/edit", page, **wrong)
    assert (refused.status, refused.errors) == (
        422,
        [
            "Write the whole address, with https:// in front.",
            "Doors open before the event starts, or at the same time.",
        ],
    )
    right = {"online_url": " https://meet.example.org/1 ", "doors_at": "2030-12-10T10:00"}
    done = olga.send("/manage/events/one/edit", refused, **right)
    assert done.status == 200
    event = stored(app, "one")
    assert event.online_url == "https://meet.example.org/1"
    assert event.doors_at == datetime(2030, 12, 10, 9, 0, tzinfo=UTC)


def test_a_draft_that_was_published_meanwhile_is_not_moved_in_silence(
    app: Flask, olga: Desk
) -> None:
    olga.send("/manage/events/new", None, **filled(app))
    path = "/manage/events/werkstatt-wasserstoff"
    page = olga.open(f"{path}/edit")
    olga.send(f"{path}/publish", olga.open(f"{path}/publish"))
    before = stored(app, "werkstatt-wasserstoff")
    olga.send(f"{path}/edit", page, starts_at="2030-12-10T08:00", title__de="Anders")
    assert stored(app, "werkstatt-wasserstoff").starts_at == before.starts_at


def test_publishing_says_what_is_missing_and_shows_the_event_to_everybody(
    app: Flask, client: FlaskClient, olga: Desk
) -> None:
    olga.send("/manage/events/new", None, **filled(app))
    assert client.get("/events/werkstatt-wasserstoff").status_code == 404
    path = "/manage/events/werkstatt-wasserstoff/publish"
    page = olga.open(path)
    assert "The title is missing in: English, Nederlands" in page.words
    assert "There is no agenda yet." in page.words
    done = olga.send(path, page)
    assert "Everybody can see the event now" in done.words
    assert client.get("/events/werkstatt-wasserstoff").status_code == 200
    event = stored(app, "werkstatt-wasserstoff")
    assert (event.status, event.published_at is None) == (EventStatus.SCHEDULED, False)
    assert "published already" in olga.open(path).words


def test_the_list_shows_drafts_and_separates_what_is_over(app: Flask, olga: Desk) -> None:
    with app.app_context():
        series = a_series(slug="tour", title={"de": "Tour"})
        an_event(title={"de": "Entwurf A"}, is_published=False)
        an_event(title={"de": "Halt B"}, series=series)
        an_event(title={"de": "Vorbei C"}, starts_at=now() - timedelta(days=3))

    def listed(query: str) -> list[str]:
        words = olga.open(f"/manage/events{query}").words
        return [name for name in ("Entwurf A", "Halt B", "Vorbei C") if name in words]

    assert listed("") == ["Entwurf A", "Halt B"]
    assert listed("?when=past") == ["Vorbei C"]
    assert listed("?series=tour") == ["Halt B"]
    assert listed("?series=none") == []
    assert "Draft" in olga.open("/manage/events").words


def test_the_list_is_paged(app: Flask, olga: Desk) -> None:
    with app.app_context():
        series, venue = a_series(), a_venue()
        for number in range(51):
            an_event(title={"de": f"Halt {number:02}"}, series=series, venue=venue)
    assert "Halt 49" in olga.open("/manage/events").words
    second = olga.open("/manage/events?page=2").words
    assert ("Halt 50" in second, "Halt 49" in second) == (True, False)
    assert "51 to 51 of 51" in second


def test_the_list_asks_the_same_questions_for_many_as_for_one(app: Flask, olga: Desk) -> None:
    with app.app_context():
        an_event()
    few = _statements(app, olga)
    with app.app_context():
        for _ in range(3):
            an_event()
    assert _statements(app, olga) == few


def _statements(app: Flask, olga: Desk) -> int:
    """Open the list and count what it asks of the database."""
    with app.app_context():
        counting = counted()
        statements = counting.__enter__()
    assert olga.open("/manage/events").status == 200
    with app.app_context():
        counting.__exit__(None, None, None)
    return len(statements)


def test_the_page_of_an_event_tells_its_history(app: Flask, olga: Desk) -> None:
    with app.app_context():
        an_event(slug="one")
    olga.send("/manage/events/one/edit", olga.open("/manage/events/one/edit"), title__de="Neu")
    words = olga.open("/manage/events/one").words
    assert "Changed: title" in words
    assert "Olga Domaschk" in words
