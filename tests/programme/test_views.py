"""The page of an event in all its states, of a series and of a venue."""

import re
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventmgr.clock import now
from eventmgr.db import transaction
from eventmgr.programme import queries, service
from eventmgr.programme.models import AttendanceMode, Event, Series, SessionKind
from tests.factories import a_series, a_session, a_venue, an_event, at_berlin
from tests.public_pages import read, statements_of

MOST_STATEMENTS = 6


def button(text: str) -> str:
    """Return the words on the button of the sign-up box, "" where it has none."""
    box = text[text.index('aria-labelledby="sign-up"') :].partition("</aside>")[0]
    found = re.search(r'class="kern-btn[^>]*><span class="kern-label">([^<]*)', box)
    return found[1] if found else ""


def event_page(app: Flask, client: FlaskClient, **values: object) -> str:
    with app.app_context():
        slug = an_event(**values).slug  # type: ignore[arg-type] # columns of Event
    return read(client, f"/events/{slug}")


@pytest.mark.parametrize(
    ("values", "words", "on_button"),
    [
        ({}, "Many places free", "Sign up now"),
        ({"capacity": 40, "places_taken": 17}, "At least 20 places left", "Sign up now"),
        ({"capacity": 40, "places_taken": 37}, "3 places left", "Sign up now"),
        ({"capacity": 2, "places_taken": 1}, "1 place left", "Sign up now"),
        ({"capacity": 9, "places_taken": 9}, "Fully booked", "Join the waiting list"),
        (
            {"capacity": 9, "places_taken": 9, "waiting": 7},
            "7 people are on the waiting list.",
            "Join the waiting list",
        ),
    ],
)
def test_places_are_told_in_words_and_the_button_says_what_one_gets(
    app: Flask, client: FlaskClient, values: dict[str, int], words: str, on_button: str
) -> None:
    text = event_page(app, client, **values)
    assert words in text
    assert button(text) == on_button


def test_before_sign_up_opens_the_page_says_when(app: Flask, client: FlaskClient) -> None:
    text = event_page(
        app,
        client,
        sign_up_opens_at=datetime.fromisoformat("2099-11-12T10:00+01:00"),
        starts_at=datetime.fromisoformat("2099-12-12T10:00+01:00"),
    )
    assert "Sign-up opens on Thu 12 November at 10:00" in text
    assert button(text) == ""


def test_after_sign_up_has_closed_the_office_can_still_be_asked(
    app: Flask, client: FlaskClient
) -> None:
    text = event_page(app, client, sign_up_closes_at=now() - timedelta(hours=1))
    assert "Sign-up is closed" in text
    assert "mailto:projektbuero@eventmgr.example?subject=" in text
    assert button(text) == ""


def test_what_is_over_leads_to_what_comes_next(app: Flask, client: FlaskClient) -> None:
    text = event_page(app, client, starts_at=at_berlin(-3))
    assert "Took place" in text
    assert button(text) == "See what comes next"


def test_a_cancelled_event_says_so_and_why(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), transaction():
        event = an_event()
        service.cancel(event, note={"en": "The hall is *closed*."})
        slug = event.slug
    text = read(client, f"/events/{slug}")
    assert "This event will not take place" in text
    assert "The hall is <em>closed</em>." in text
    assert button(text) == "See similar events"
    assert "/sign-up" not in text


def test_a_moved_event_names_the_old_date(app: Flask, client: FlaskClient) -> None:
    first = datetime.fromisoformat("2099-12-09T19:00+01:00")
    later = first + timedelta(days=6)
    with app.app_context(), transaction():
        event = an_event(starts_at=first)
        service.move(event, note={}, starts_at=later, ends_at=later + timedelta(hours=3))
        slug = event.slug
    text = read(client, f"/events/{slug}")
    assert "New date: Tuesday, 15 December 2099" in text
    assert "Before: Wednesday, 9 December 2099, 19:00." in text
    assert "your place is still yours" in text


def test_an_event_that_only_changes_its_room_has_no_old_date(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context(), transaction():
        event = an_event()
        service.move(event, note={"en": "Larger hall"}, venue_id=a_venue(name="Messe").id)
        slug = event.slug
    text = read(client, f"/events/{slug}")
    assert "Please note what has changed" in text
    assert "Before:" not in text


def test_times_are_those_of_the_place_with_their_zone_named_where_it_differs(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        far = a_venue(city="San Francisco", country="US", zone="America/Los_Angeles")
        near = a_venue(city="Bruxelles", country="BE", zone="Europe/Brussels")
        start = datetime.fromisoformat("2099-01-12T09:00-08:00")
        there = an_event(venue=far, starts_at=start, ends_at=start + timedelta(days=4, hours=8))
        here = an_event(venue=near)
        addresses = f"/events/{there.slug}", f"/events/{here.slug}"
    abroad, at_home = (read(client, address) for address in addresses)
    assert '<time datetime="2099-01-12T09:00:00-08:00">12–16 January 2099</time>' in abroad
    assert "on each day 9:00 to 17:00" in abroad
    assert "Local time: Pacific Standard Time" in abroad
    assert 'data-starts="2099-01-12T17:00:00+00:00"' in abroad
    assert "Local time:" not in at_home


def test_an_online_event_has_no_place_and_keeps_its_link_to_itself(
    app: Flask, client: FlaskClient
) -> None:
    text = event_page(
        app,
        client,
        is_online=True,
        attendance_mode=AttendanceMode.ONLINE,
        online_url="https://video.example/secret",
    )
    assert "You get the link with your ticket." in text
    assert "video.example" not in text


def test_the_agenda_names_speakers_and_groups_by_day(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        start = datetime.fromisoformat("2099-03-03T09:00+01:00")
        event = an_event(starts_at=start, ends_at=start + timedelta(days=1, hours=8))
        a_session(event, title={"en": "First things"}, speakers=("Ada", "Bo"))
        a_session(event, title={"en": "Coffee"}, kind=SessionKind.BREAK)
        a_session(event, title={"en": "Last things"}, starts_at=start + timedelta(days=1))
        slug = event.slug
    text = read(client, f"/events/{slug}")
    assert re.findall(r"<h3[^>]*>(T\w\w \d+ March|W\w\w \d+ March)", text) == [
        "Tue 3 March",
        "Wed 4 March",
    ]
    assert re.findall(r"<h4[^>]*>([^<]*)", text) == ["First things", "Coffee", "Last things"]
    assert "Ada · Bo" in text
    assert text.count('<li class="pause">') == 1


def test_a_text_in_another_language_than_the_page_is_marked(
    app: Flask, client: FlaskClient
) -> None:
    text = event_page(app, client, title={"de": "Glas neu denken"}, summary={"en": "New glass"})
    assert '<h1 lang="de">Glas neu denken</h1>' in text
    assert '<p class="ev-lead">New glass</p>' in text


def test_what_organisers_write_is_never_taken_for_html(app: Flask, client: FlaskClient) -> None:
    text = event_page(
        app,
        client,
        title={"de": "</script><script>alert(1)</script>"},
        description={"de": "<img src=x onerror=alert(1)> und **fett**"},
    )
    assert "<script>alert" not in text
    assert "<img" not in text
    assert "<strong>fett</strong>" in text


def test_an_event_stands_in_its_series_and_shows_what_follows(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        series, venue = a_series(title={"en": "Tour"}), a_venue()
        events = [
            an_event(
                series=series, venue=venue, starts_at=at_berlin(day), title={"en": f"No {day}"}
            )
            for day in (1, 2, 3, 4, 5)
        ]
        an_event(series=series, is_published=False, starts_at=at_berlin(1, 8))
        slug = events[1].slug
    text = read(client, f"/events/{slug}")
    assert "event 2 of 5" in text
    following = text[text.index("Next in this series") :]
    assert re.findall(r">(No \d)</a>", following) == ["No 1", "No 3", "No 4"]


def test_the_page_of_an_event_needs_few_statements_whatever_hangs_on_it(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        small = an_event(series=a_series(slug="tour"))
        a_session(small, speakers=("Ada",))
        small_slug = small.slug
    with_one = statements_of(app, client, f"/events/{small_slug}")
    with app.app_context():
        series = _series("tour")
        large = an_event(series=series)
        for _ in range(3):
            a_session(large, speakers=("Ada", "Bo", "Cy"))
            an_event(series=_series("tour"), venue=a_venue())
        large_slug = large.slug
    assert statements_of(app, client, f"/events/{large_slug}") == with_one
    assert with_one <= MOST_STATEMENTS


def test_a_change_shows_at_once(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        slug = an_event(title={"en": "Before"}).slug
    assert "Before" in read(client, f"/events/{slug}")
    with app.app_context(), transaction():
        service.change_event(_event(slug), title={"en": "After"})
    assert "After" in read(client, f"/events/{slug}")


def _series(slug: str) -> Series:
    series = queries.series_by_slug(slug)
    assert series is not None
    return series


def _event(slug: str) -> Event:
    event = queries.event_by_slug(slug)
    assert event is not None
    return event


@pytest.mark.parametrize(
    "address",
    [
        "/events/nothing",
        "/series/nothing",
        "/venues/nothing",
        "/events/%00",
        "/events/%ED%A0%80",
        "/series/%27%3B--",
        "/venues/A%20b",
    ],
)
def test_what_does_not_exist_is_not_found(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_draft_is_seen_by_nobody(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        series, venue = a_series(title={"en": "Tour"}), a_venue(city="Plauen", name="Spitze")
        draft = an_event(series=series, venue=venue, is_published=False, title={"en": "Hidden"})
        slug, venue_slug = draft.slug, venue.slug
    assert client.get(f"/events/{slug}").status_code == 404
    for address in ("/", "/events", "/series/tour", f"/venues/{venue_slug}"):
        assert "Hidden" not in read(client, address)


def test_a_series_shows_its_stops_its_route_and_its_past(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        series = a_series(title={"en": "Tour"})
        for day, town in ((-9, "Plauen"), (5, "Görlitz"), (9, "Plauen"), (12, "Torgau")):
            an_event(
                series=series,
                venue=a_venue(city=town),
                starts_at=at_berlin(day),
                title={"en": f"{town} {day}"},
            )
        with transaction():
            service.cancel(an_event(series=series, title={"en": "Off"}), note={})
    text = read(client, "/series/tour")
    assert "<b>4</b>, 3 of them still to come" in text
    assert "Plauen – Görlitz – Torgau" in text
    coming, past = text.split("Where it has been")
    titles = re.compile(r'<a href="/events/[^"]*">([^<]*)</a></h3>')
    assert titles.findall(coming) == ["Görlitz 5", "Plauen 9", "Torgau 12", "Off"]
    assert titles.findall(past) == ["Plauen -9"]


def test_an_unpublished_series_is_not_found(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        a_series(title={"en": "Tour"}, is_published=False)
    assert client.get("/series/tour").status_code == 404


def test_a_venue_says_how_to_get_there_and_in(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        venue = a_venue(
            nearest_stop="Heeresbäckerei",
            step_free=True,
            hearing_loop=True,
            access_notes={"en": "Lift at the *back*."},
            rooms=[("Hall 3", 120)],
        )
        an_event(venue=venue, title={"en": "Coming"})
        an_event(venue=venue, title={"en": "Gone"}, starts_at=at_berlin(-8))
        slug = venue.slug
    text = read(client, f"/venues/{slug}")
    assert "Nearest stop: Heeresbäckerei" in text
    assert "You get in without steps." in text
    assert "There is a hearing loop." in text
    assert "Lift at the <em>back</em>." in text
    assert "Hall 3" in text
    assert 'href="https://www.openstreetmap.org/?mlat=51.0785&amp;mlon=13.7604#map=17/' in text
    coming, past = text.split("What happened here")
    assert ("Coming" in coming, "Gone" in coming, "Gone" in past) == (True, False, True)


@pytest.mark.parametrize("kind", ["series", "venues"])
def test_series_and_venue_need_few_statements_however_many_events_they_have(
    app: Flask, client: FlaskClient, kind: str
) -> None:
    with app.app_context():
        series, venue = a_series(), a_venue()
        an_event(series=series, venue=venue)
        address = f"/{kind}/{series.slug if kind == 'series' else venue.slug}"
    with_one = statements_of(app, client, address)
    with app.app_context():
        for _ in range(2):
            an_event(
                series=a_series() if kind == "venues" else series,
                venue=a_venue() if kind == "series" else venue,
            )
    assert statements_of(app, client, address) == with_one
    assert with_one <= MOST_STATEMENTS
