"""The landing page and the pages the law asks for, as anonymous readers get them."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventmgr.db import transaction
from eventmgr.programme import service
from eventmgr.programme.models import SeriesKind
from tests.factories import a_region, a_series, a_venue, an_event, at_berlin
from tests.public_pages import ENGLISH, read, statements_of

PAGES = ["/", "/accessibility", "/accessibility/reported", "/privacy", "/imprint"]
MOST_STATEMENTS = 6


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_not_sent_again_while_nothing_has_changed(
    client: FlaskClient, address: str
) -> None:
    first = client.get(address, headers=ENGLISH)
    again = client.get(address, headers={**ENGLISH, "If-None-Match": first.headers["ETag"]})
    assert first.headers["Cache-Control"] == "public, no-cache"
    assert first.headers["Vary"] == "Accept-Language"
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["de", "en", "fr", "nl"])
def test_a_page_is_written_in_the_readers_language(
    client: FlaskClient, address: str, language: str
) -> None:
    answer = client.get(address, headers={"Accept-Language": language})
    assert f'<html lang="{language}">' in answer.text
    assert (answer.status_code, "Set-Cookie" in answer.headers) == (200, False)


def test_the_landing_page_shows_the_next_four_events_that_take_place(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        series, venue = a_series(), a_venue()
        for days in (2, 1, 3, 5, 4, 9):
            title = {"de": f"Halt am Tag {days}"}
            an_event(series=series, venue=venue, starts_at=at_berlin(days), title=title)
        with transaction():
            service.cancel(an_event(starts_at=at_berlin(1, 8), title={"de": "Weg"}), note={})
    shown = re.findall(r">(Halt am Tag \d|Weg)</a>", read(client, "/"))
    assert shown == [f"Halt am Tag {days}" for days in (1, 2, 3, 4)]


def test_the_landing_page_counts_events_by_kind_and_links_to_them(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        slam = a_series(SeriesKind.INNOSLAM, title={"en": "Tour"})
        an_event(series=slam)
        an_event(series=slam)
        an_event()
    text = read(client, "/")
    assert "All 3 events" in text
    assert 'href="/events?format=innoslam">2 events<' in text
    assert 'href="/series/tour">Tour<' in text


def test_the_landing_page_offers_the_calendars_in_the_readers_language(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        an_event(venue=a_venue(region=a_region("leipzig")))
    in_german = client.get("/", headers={"Accept-Language": "de"}).text
    everything = 'href="webcal://localhost:8000/calendars/all.ics'
    assert f'{everything}?language=en"' in read(client, "/")
    assert f'{everything}"' in in_german
    assert 'href="webcal://localhost:8000/calendars/regions/leipzig.ics"' in in_german
    assert 'href="webcal://localhost:8000/calendars/formats/workshop.ics"' in in_german


def test_the_landing_page_needs_few_statements_however_many_events_there_are(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        an_event(series=a_series(), venue=a_venue())
    with_one = statements_of(app, client, "/")
    with app.app_context():
        an_event(series=a_series(), venue=a_venue())
        an_event(series=a_series(), venue=a_venue())
    assert statements_of(app, client, "/") == with_one
    assert with_one <= MOST_STATEMENTS


def test_without_events_the_landing_page_still_says_what_the_programme_is(
    client: FlaskClient,
) -> None:
    text = read(client, "/")
    assert "Where Saxony’s industry makes its date with the future" in text
    assert "No stop is planned at the moment" in text


def test_the_imprint_names_who_is_responsible(client: FlaskClient) -> None:
    text = read(client, "/imprint")
    assert "Projektbüro StrategieWerkstatt" in text
    assert 'href="tel:+49351000000"' in text


def test_the_statement_of_accessibility_has_all_parts_of_the_european_model(
    client: FlaskClient,
) -> None:
    text = read(client, "/accessibility")
    assert "partially conformant" in text
    assert "last checked on <time" in text
    assert 'href="/accessibility/report"' in text
    assert "Durchsetzungsstelle beim Beauftragten" in text


def test_the_privacy_notice_says_how_long_a_place_is_held(client: FlaskClient) -> None:
    assert "falls free after 48 hours" in read(client, "/privacy")


def test_robots_may_read_feeds_but_no_personal_page(client: FlaskClient) -> None:
    answer = client.get("/robots.txt")
    assert answer.mimetype == "text/plain"
    rules = answer.text.splitlines()
    assert rules[0] == "User-agent: *"
    assert {"Disallow: /my/", "Disallow: /T/", "Disallow: /manage", "Disallow: /door"} < set(rules)
    assert not any("calendars" in rule or "feeds" in rule for rule in rules)


def test_a_missing_page_says_what_to_do_in_the_readers_language(client: FlaskClient) -> None:
    answer = client.get("/nothing-here", headers=ENGLISH)
    assert answer.status_code == 404
    assert "There is no such page" in answer.text
    assert 'href="/events"' in answer.text
    assert "Set-Cookie" not in answer.headers


def test_the_map_links_each_town_to_its_events(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        series = a_series()
        brussels = a_region("bruessel", name={"de": "Brüssel", "en": "Brussels"})
        leipzig = a_venue(city="Leipzig", latitude=51.34, longitude=12.37)
        abroad = a_venue(region=brussels, city="Brüssel", latitude=50.84, longitude=4.38)
        an_event(series=series, venue=leipzig)
        an_event(series=series, venue=leipzig)
        an_event(series=series, venue=abroad)
        an_event(series=series, venue=a_venue(city="Nirgends", latitude=None, longitude=None))
    text = read(client, "/")
    assert (
        text.count('href="/events?q=Leipzig" aria-label="Leipzig – 2 events"') == 2
    )  # two drawings
    assert text.count('aria-label="Brussels – 1 event"') == 2
    assert "Nirgends –" not in text
    assert '<span class="ev-kind ev-workshop">' in text


def test_without_places_there_is_no_map(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        an_event(is_online=True)
    assert "ev-map" not in read(client, "/")
