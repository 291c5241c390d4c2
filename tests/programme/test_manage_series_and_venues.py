"""The office keeps series and venues."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventmgr.accounts import history
from eventmgr.db import transaction
from eventmgr.programme import queries, service
from eventmgr.programme.models import Series, SeriesKind, Venue
from tests.accounts.office import sign_in
from tests.factories import a_region, a_series, a_session, a_venue, an_event
from tests.programme.pages import Desk

HOUSE = {
    "name": "Alte Mensa",
    "street": "Petersstraße 5",
    "postal_code": "09599",
    "city": "Freiberg",
    "country": "DE",
    "coordinates": "50.9186, 13.3431",
    "zone": "Europe/Berlin",
    "step_free": "y",
    "directions__de": "Vom Bahnhof zehn Minuten zu Fuß.",
    "rooms": "Großer Saal; 120\r\nGalerie\r\n",
}


@pytest.fixture
def olga(app: Flask, client: FlaskClient) -> Desk:
    """Return the browser of somebody from the office."""
    return Desk(sign_in(app, client))


def venue_of(app: Flask, slug: str = "freiberg-alte-mensa") -> Venue:
    """Return a venue as it is stored."""
    with app.app_context():
        found = queries.venue_by_slug(slug)
        assert found is not None
        return found


def series_of(app: Flask, slug: str) -> Series:
    """Return a series as it is stored."""
    with app.app_context():
        found = queries.series_by_slug(slug)
        assert found is not None
        return found


def test_a_series_is_created_and_changed(app: Flask, olga: Desk) -> None:
    page = olga.open("/manage/series/new")
    olga.send("/manage/series/new", page, title__de="InnoSlam-Tour", kind="innoslam")
    path = "/manage/series/innoslam-tour"
    stored = series_of(app, "innoslam-tour")
    assert (stored.title, stored.kind) == ({"de": "InnoSlam-Tour"}, SeriesKind.INNOSLAM)
    assert stored.is_published is True
    page = olga.open(path)
    del page.fields["is_published"]
    olga.send(path, page, summary__en="Science on stage.")
    changed = series_of(app, "innoslam-tour")
    assert (changed.summary, changed.is_published) == ({"en": "Science on stage."}, False)
    assert "Hidden" in olga.open("/manage/series").words


def test_a_series_needs_a_title_and_a_kind(olga: Desk) -> None:
    page = olga.send("/manage/series/new", None, title__en="Tour")
    assert page.status == 422
    assert page.errors == ["Enter the title in German.", "Say what the series consists of."]
    assert page.fields["title-en"] == "Tour"


def test_somebody_elses_change_of_a_series_is_told_first(app: Flask, olga: Desk) -> None:
    with app.app_context():
        a_series(slug="tour", title={"de": "Alt"})
    page = olga.open("/manage/series/tour")
    with app.app_context(), history.acting_as("cli"), transaction():
        service.save_series(queries.series_by_slug("tour"), title={"de": "Von anderen"})
    told = olga.send("/manage/series/tour", page, title__de="Meins")
    assert (told.status, told.fields["title-de"]) == (409, "Meins")
    olga.send("/manage/series/tour", told)
    assert series_of(app, "tour").title == {"de": "Meins"}


def test_a_venue_is_created_with_rooms_and_a_new_region(app: Flask, olga: Desk) -> None:
    page = olga.open("/manage/venues/new")
    assert page.fields["zone"] == "Europe/Berlin"
    page = olga.send("/manage/venues/new", page, **HOUSE, new_region="Erzgebirge")
    assert (page.status, page.errors) == (200, [])
    stored = venue_of(app)
    assert (stored.latitude, stored.longitude) == (50.9186, 13.3431)
    assert [(room.name, room.capacity) for room in stored.rooms] == [
        ("Galerie", None),
        ("Großer Saal", 120),
    ]
    assert stored.region.name == {"de": "Erzgebirge"}
    assert (stored.step_free, stored.hearing_loop) == (True, False)
    assert stored.directions == {"de": "Vom Bahnhof zehn Minuten zu Fuß."}


def test_a_region_is_not_made_twice(app: Flask, olga: Desk) -> None:
    with app.app_context():
        region_id = a_region("erzgebirge", name={"de": "Erzgebirge"}).id
    olga.send("/manage/venues/new", None, **HOUSE, new_region="erzgebirge")
    assert venue_of(app).region_id == region_id


@pytest.mark.parametrize(
    ("typed", "position"),
    [
        ("50,9186; 13,3431", (50.9186, 13.3431)),
        ("37.7749 -122.4194", (37.7749, -122.4194)),
        ("", (None, None)),
    ],
)
def test_coordinates_are_read_as_people_copy_them(
    app: Flask, olga: Desk, typed: str, position: tuple[float | None, float | None]
) -> None:
    house = {**HOUSE, "coordinates": typed, "new_region": "Erzgebirge"}
    olga.send("/manage/venues/new", None, **house)
    stored = venue_of(app)
    assert (stored.latitude, stored.longitude) == position


@pytest.mark.parametrize(
    ("wrong", "errors"),
    [
        ({"new_region": ""}, ["Choose the region, or name another one below."]),
        (
            {"coordinates": "Freiberg"},
            ["Write two numbers, north and east, for example 51.0785, 13.7604."],
        ),
        (
            {"coordinates": "95.0, 13.0"},
            ["Write two numbers, north and east, for example 51.0785, 13.7604."],
        ),
        ({"rooms": "Saal; viele"}, ["“Saal; viele”: write the places as a number."]),
        ({"rooms": "Saal; 0"}, ["“Saal; 0”: write the places as a number."]),
        (
            {"rooms": f"Saal; {'9' * 5_000}"},
            [f"“Saal; {'9' * 5_000}”: write the places as a number."],
        ),
        ({"rooms": "Saal\nSaal; 5"}, ["“Saal; 5”: each room needs its own name."]),
        ({"city": " "}, ["Enter the town."]),
    ],
)
def test_what_is_wrong_with_a_venue_is_said_at_the_field(
    olga: Desk, wrong: dict[str, str], errors: list[str]
) -> None:
    house = {**HOUSE, "new_region": "Erzgebirge", **wrong}
    page = olga.send("/manage/venues/new", None, **house)
    assert (page.status, page.errors) == (422, errors)
    assert page.fields["directions-de"] == HOUSE["directions__de"]


def test_a_venue_is_changed_and_calendars_hear_of_it(app: Flask, olga: Desk) -> None:
    with app.app_context():
        venue = a_venue(slug="haus", rooms=[("Saal", 60), ("Foyer", None)])
        hall, foyer = (room.id for room in venue.rooms)
        event = an_event(slug="one", venue=venue, room_id=foyer)
        a_session(event, room_id=hall)
        revision = event.revision
    page = olga.open("/manage/venues/haus")
    assert page.fields["rooms"] == "Foyer\nSaal; 60"
    assert page.fields["coordinates"] == "51.0785, 13.7604"
    olga.send("/manage/venues/haus", page, street="Neue Straße 1", rooms="Neubau; 20")
    stored = venue_of(app, "haus")
    names = [room.name for room in stored.rooms]
    assert (stored.street, names) == ("Neue Straße 1", ["Foyer", "Neubau", "Saal"])
    with app.app_context():
        changed = queries.event_by_slug("one")
        assert changed is not None
        assert changed.revision == revision + 1


def test_whoever_edits_an_event_learns_that_its_venue_has_another_name(
    app: Flask, olga: Desk
) -> None:
    with app.app_context():
        slug = an_event(slug="one", venue=a_venue()).venue.slug  # type: ignore[union-attr] # it has one
    edited = olga.open("/manage/events/one/edit")
    olga.send(f"/manage/venues/{slug}", olga.open(f"/manage/venues/{slug}"), name="Neues Haus")
    told = olga.send("/manage/events/one/edit", edited, title__de="Neu")
    assert told.status == 409
    assert "Name or address of the venue changed" in told.words


def test_the_search_finds_events_by_the_new_name_of_their_house_and_series(
    app: Flask, olga: Desk
) -> None:
    with app.app_context():
        event = an_event(slug="one", venue=a_venue(), series=a_series())
        venue, series = event.venue.slug, event.series.slug  # type: ignore[union-attr] # it has one
    for path, new in (
        (f"/manage/venues/{venue}", {"name": "Kulturpalast", "city": "Bischofswerda"}),
        (f"/manage/series/{series}", {"title__de": "Zukunftslabor"}),
    ):
        assert olga.send(path, olga.open(path), **new).errors == []
    with app.app_context():
        found = [
            [event.slug for event in queries.public_events(queries.Filters(q=word))]
            for word in ("kulturpalast", "bischofswerda", "zukunftslabor", "zeitenstromung")
        ]
    assert found == [["one"], ["one"], ["one"], []]


def test_the_zone_stays_once_events_are_planned(app: Flask, olga: Desk) -> None:
    with app.app_context():
        an_event(venue=a_venue(slug="haus"))
    page = olga.open("/manage/venues/haus")
    told = olga.send("/manage/venues/haus", page, zone="Asia/Tokyo")
    message = "Events are planned here, and their times would change. Make a new venue instead."
    assert (told.status, told.errors) == (422, [message])
    assert venue_of(app, "haus").zone == "Europe/Berlin"


def test_somebody_elses_change_of_a_venue_is_told_first(app: Flask, olga: Desk) -> None:
    with app.app_context():
        a_venue(slug="haus")
    page = olga.open("/manage/venues/haus")
    with app.app_context(), history.acting_as("cli"), transaction():
        service.save_venue(queries.venue_by_slug("haus"), street="Von anderen 1")
    told = olga.send("/manage/venues/haus", page, street="Meine 2")
    assert (told.status, told.fields["street"]) == (409, "Meine 2")
    olga.send("/manage/venues/haus", told)
    assert venue_of(app, "haus").street == "Meine 2"


def test_the_lists_count_events(app: Flask, olga: Desk) -> None:
    with app.app_context():
        an_event(venue=a_venue(city="Görlitz"), series=a_series(title={"de": "Reihe"}))
    assert "Görlitz" in olga.open("/manage/venues").words
    assert "Reihe" in olga.open("/manage/series").words
