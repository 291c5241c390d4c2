"""What calendar programs save themselves: 304 by ETag or date, HEAD, caching."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.http import http_date

from eventmgr.clock import now
from eventmgr.db import transaction
from eventmgr.programme import service
from eventmgr.programme.models import SeriesKind
from eventmgr.programme.queries import event_by_slug
from tests.factories import a_region, a_series, a_venue, an_event

PATHS = [
    "/calendars/all.ics",
    "/calendars/events/one.ics",
    "/calendars/events/one/download.ics",
    "/feeds/events.atom",
    "/feeds/events.json",
]


@pytest.fixture(autouse=True)
def programme(app: Flask) -> None:
    """Return a programme of one event."""
    with app.app_context():
        an_event(slug="one")


@pytest.mark.parametrize("path", PATHS)
def test_feeds_may_be_shared_and_carry_no_cookie(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["Cache-Control"] == "public, max-age=300"
    assert {"Set-Cookie", "Vary", "Content-Encoding"} & set(headers.keys()) == set()
    assert headers["ETag"].startswith('"')
    assert headers["Last-Modified"].endswith(" GMT")


def test_feeds_say_what_they_are(client: FlaskClient) -> None:
    types = [client.get(path).headers["Content-Type"] for path in PATHS]
    assert types == [
        "text/calendar; charset=utf-8",
        "text/calendar; charset=utf-8",
        "text/calendar; charset=utf-8",
        "application/atom+xml; charset=utf-8",
        "application/feed+json; charset=utf-8",
    ]
    shown = client.get("/calendars/all.ics").headers["Content-Disposition"]
    assert shown == "inline; filename=all.ics"


@pytest.mark.parametrize("path", PATHS)
def test_head_answers_as_get_without_the_body(client: FlaskClient, path: str) -> None:
    full, short = client.get(path), client.head(path)
    assert short.data == b""
    assert short.headers["Content-Length"] == str(len(full.data))
    assert short.headers["ETag"] == full.headers["ETag"]
    assert short.headers["Last-Modified"] == full.headers["Last-Modified"]


@pytest.mark.parametrize("path", PATHS)
def test_a_known_etag_saves_the_body(client: FlaskClient, path: str) -> None:
    etag = client.get(path).headers["ETag"]
    for sent in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        again = client.get(path, headers={"If-None-Match": sent})
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", etag)
        assert again.headers["Cache-Control"] == "public, max-age=300"
        assert "Content-Type" not in again.headers


def test_the_etag_outranks_the_date(client: FlaskClient) -> None:
    headers = {"If-Modified-Since": client.get(PATHS[0]).headers["Last-Modified"]}
    assert client.get(PATHS[0], headers=headers).status_code == 304
    headers["If-None-Match"] = '"older"'
    assert client.get(PATHS[0], headers=headers).status_code == 200


@pytest.mark.parametrize(
    "date",
    [
        "Thu, 01 Jan 2015 00:00:00 GMT",  # before
        "Fri, 01 Jan 2100 00:00:00 GMT",  # not yet
        "Fri, 01 Jan 2100 00:00:00",
        "2100-01-01T00:00:00Z",
        "1 Jan 2100",
        "yesterday",
        "0",
        "",
    ],
)
def test_dates_that_prove_nothing_get_the_whole_feed(client: FlaskClient, date: str) -> None:
    assert client.get(PATHS[0], headers={"If-Modified-Since": date}).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_a_change_is_seen_at_the_next_fetch(app: Flask, client: FlaskClient, path: str) -> None:
    etag = client.get(path).headers["ETag"]
    with app.app_context(), transaction():
        event = event_by_slug("one")
        assert event is not None
        service.change_event(event, title={"de": "Anders"})
    again = client.get(path, headers={"If-None-Match": etag})
    assert again.status_code == 200
    assert "Anders" in again.text


def test_an_event_that_has_left_a_filtered_feed_is_not_kept_alive_by_a_date(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        leaves = an_event(slug="leaves")
        paths = [
            f"/calendars/series/{leaves.series.slug}.ics",
            f"/calendars/regions/{a_region().slug}.ics",
            f"/calendars/formats/{leaves.series.kind}.ics",
        ]
    before = [client.get(path).data for path in paths]
    assert [b"/events/leaves" in body for body in before] == [True] * 3
    with app.app_context(), transaction():
        event = event_by_slug("leaves")
        assert event is not None
        there = a_venue(region=a_region("brussels"))
        tour = a_series(SeriesKind.INNOSLAM)
        service.change_event(event, venue_id=there.id, series_id=tour.id)
    headers = {"If-Modified-Since": http_date(now())}
    after = [client.get(path, headers=headers) for path in paths]
    assert [answer.status_code for answer in after] == [200] * 3
    assert [b"/events/leaves" in answer.data for answer in after] == [False] * 3
    assert b"/events/leaves" in client.get("/calendars/all.ics").data
