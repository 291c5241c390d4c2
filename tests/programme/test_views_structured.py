"""What search engines, chats and calendar programs read in the pages."""

import json
import re
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventmgr.db import transaction
from eventmgr.programme import service
from eventmgr.programme.models import AttendanceMode
from tests.factories import a_series, a_session, a_venue, an_event, at_berlin
from tests.public_pages import read

HOST = "http://localhost:8000"
START = datetime.fromisoformat("2099-12-10T10:00+01:00")


def structured(text: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_an_event_is_described_in_the_words_of_schema_org(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        event = an_event(
            series=a_series(title={"en": "Tour"}),
            venue=a_venue(name="Halle 3", slug="halle"),
            slug="hydrogen",
            title={"en": "Hydrogen"},
            summary={"en": "Six *companies*"},
            starts_at=START,
            doors_at=START - timedelta(minutes=30),
            languages=["de", "en"],
        )
        a_session(event, speakers=("Ada",))
        published_at = event.published_at
    assert published_at is not None
    described = structured(read(client, "/events/hydrogen"))
    offer = described.pop("offers")
    assert offer.pop("validFrom").startswith(f"{published_at.year}-")
    assert offer == {
        "@type": "Offer",
        "price": "0",
        "priceCurrency": "EUR",
        "availability": "https://schema.org/InStock",
        "url": f"{HOST}/events/hydrogen/sign-up",
        "validThrough": "2099-12-10T10:00:00+01:00",
    }
    assert described == {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": f"{HOST}/events/hydrogen",
        "url": f"{HOST}/events/hydrogen",
        "name": "Hydrogen",
        "description": "Six companies",
        "startDate": "2099-12-10T10:00:00+01:00",
        "endDate": "2099-12-10T16:00:00+01:00",
        "doorTime": "2099-12-10T09:30:00+01:00",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "inLanguage": ["de", "en"],
        "maximumAttendeeCapacity": 80,
        "isAccessibleForFree": True,
        "location": [
            {
                "@type": "Place",
                "name": "Halle 3",
                "url": f"{HOST}/venues/halle",
                "address": {
                    "@type": "PostalAddress",
                    "streetAddress": "Königsbrücker Straße 96",
                    "postalCode": "01099",
                    "addressLocality": "Dresden",
                    "addressCountry": "DE",
                },
                "geo": {"@type": "GeoCoordinates", "latitude": 51.0785, "longitude": 13.7604},
            }
        ],
        "organizer": {
            "@type": "Organization",
            "name": "Projektbüro StrategieWerkstatt",
            "url": f"{HOST}/",
        },
        "performer": [{"@type": "Person", "name": "Ada"}],
        "superEvent": {"@type": "EventSeries", "name": "Tour", "url": f"{HOST}/series/tour"},
    }


def test_a_moved_event_names_its_former_start(app: Flask, client: FlaskClient) -> None:
    later = START + timedelta(days=7)
    with app.app_context(), transaction():
        event = an_event(starts_at=START, slug="moved")
        service.move(event, note={}, starts_at=later, ends_at=later + timedelta(hours=1))
    described = structured(read(client, "/events/moved"))
    assert described["eventStatus"] == "https://schema.org/EventRescheduled"
    assert described["previousStartDate"] == "2099-12-10T10:00:00+01:00"
    assert described["startDate"] == "2099-12-17T10:00:00+01:00"


def test_a_cancelled_event_offers_nothing(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), transaction():
        service.cancel(an_event(slug="off"), note={})
    described = structured(read(client, "/events/off"))
    assert described["eventStatus"] == "https://schema.org/EventCancelled"
    assert "offers" not in described


@pytest.mark.parametrize(
    ("values", "availability"),
    [
        ({"capacity": 9, "places_taken": 9}, "SoldOut"),
        ({"capacity": 9, "places_taken": 8}, "LimitedAvailability"),
        ({"sign_up_opens_at": at_berlin(3)}, "PreOrder"),
        ({"sign_up_closes_at": at_berlin(-3)}, "OutOfStock"),
    ],
)
def test_the_offer_follows_the_places(
    app: Flask, client: FlaskClient, values: dict[str, Any], availability: str
) -> None:
    with app.app_context():
        an_event(slug="one", **values)
    offer = structured(read(client, "/events/one"))["offers"]
    assert offer["availability"] == f"https://schema.org/{availability}"


@pytest.mark.parametrize(
    ("mode", "kinds"),
    [
        (AttendanceMode.ONLINE, ["VirtualLocation"]),
        (AttendanceMode.MIXED, ["Place", "VirtualLocation"]),
    ],
)
def test_what_is_online_has_a_virtual_location(
    app: Flask, client: FlaskClient, mode: AttendanceMode, kinds: list[str]
) -> None:
    with app.app_context():
        an_event(slug="one", attendance_mode=mode, is_online=mode is AttendanceMode.ONLINE)
    described = structured(read(client, "/events/one"))
    assert [place["@type"] for place in described["location"]] == kinds


def test_a_title_cannot_break_out_of_the_description(app: Flask, client: FlaskClient) -> None:
    title = '</script><script>alert("&amp;\u2028")//'
    with app.app_context():
        an_event(slug="one", title={"de": title})
    text = read(client, "/events/one")
    assert structured(text)["name"] == title
    assert "<script>alert" not in text


def test_a_page_that_is_shared_shows_its_title_and_one_address(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        an_event(slug="one", title={"en": 'A "b"'}, summary={"en": "Short"}, starts_at=START)
    text = client.get("/events/one?utm=1", headers={"Accept-Language": "en", "Host": "evil"}).text
    assert f'<link rel="canonical" href="{HOST}/events/one">' in text
    assert f'<meta property="og:url" content="{HOST}/events/one">' in text
    assert '<meta property="og:title" content="A &#34;b&#34;">' in text
    described = "Thu 10 December 2099, Dresden, Zeitenströmung. Short"
    assert f'<meta property="og:description" content="{described}">' in text
    assert f'<meta name="description" content="{described}">' in text
    assert "evil" not in text


def test_every_calendar_program_finds_its_way_to_the_series(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        an_event(slug="one", series=a_series(title={"en": "Tour & Camp"}, slug="tour"))
    text = read(client, "/events/one").replace("&amp;", "&")
    feed = f"{HOST}/calendars/series/tour.ics?language=en"
    webcal = feed.replace("http:", "webcal:")
    assert f'href="{webcal}"' in text
    assert f'value="{feed}"' in text
    google = urlsplit(_link(text, "https://calendar.google.com/"))
    assert (google.path, parse_qs(google.query)) == ("/calendar/r", {"cid": [webcal]})
    for host in ("https://outlook.office.com/", "https://outlook.live.com/"):
        outlook = urlsplit(_link(text, host))
        assert outlook.path == "/calendar/0/addfromweb"
        name = "StrategieWerkstatt: Tour & Camp"
        assert parse_qs(outlook.query) == {"url": [feed], "name": [name]}


def _link(text: str, start: str) -> str:
    found = re.search(f'href="({re.escape(start)}[^"]*)"', text)
    assert found is not None
    return found[1]


def test_one_event_can_be_downloaded_and_sent_by_e_mail(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        an_event(slug="one", title={"en": "Glass & Co"}, starts_at=START)
    text = read(client, "/events/one").replace("&amp;", "&")
    assert 'href="/calendars/events/one/download.ics?language=en"' in text
    mail = parse_qs(urlsplit(_link(text, "mailto:?")).query)
    assert mail["subject"] == ["Glass & Co"]
    assert mail["body"] == [
        f"Glass & Co\nThu 10 December 2099, Dresden, Zeitenströmung\n{HOST}/events/one"
    ]
