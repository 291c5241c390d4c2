"""A person's own calendar."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventmgr.db import transaction
from eventmgr.programme import service as programme
from eventmgr.programme.models import Event
from eventmgr.programme.queries import event_by_slug
from eventmgr.registration import feeds, queries, secrets
from eventmgr.registration import service as registration
from eventmgr.registration.models import Registration
from tests.calendars.reading import entries, head
from tests.factories import an_event


def _path_of(event: Event, name: str) -> str:
    """Register somebody and return the path of their feed."""
    answers = registration.Answers(name=name.title(), email=f"{name}@example.org")
    with transaction():
        added = registration.add(event, answers, language="en", is_confirmed=True)
        assert added is not None
        feeds.ensure_key(added)
    key = queries.live_feed_key(added.id)
    assert key is not None
    return secrets.feed_address(key).removeprefix("http://localhost:8000")


@pytest.fixture
def path(app: Flask) -> str:
    """Return the path of the feed of somebody who has a place."""
    with app.app_context():
        event = an_event(slug="one", title={"de": "Werkstatt", "en": "Workshop"})
        return _path_of(event, "ada")


def _registration() -> Registration:
    event = event_by_slug("one")
    assert event is not None
    found = queries.registration_of(event.id, "ada@example.org")
    assert found is not None
    return found


def test_it_shows_the_persons_own_place(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    (entry,) = entries(response.data)
    assert head(response.data)["NAME"] == "My place: Workshop"
    assert (entry["SUMMARY"], entry["STATUS"], entry["TRANSP"]) == (
        "Workshop",
        "CONFIRMED",
        "OPAQUE",
    )
    assert entry["URL"].startswith("http://localhost:8000/my/")
    assert entry["DESCRIPTION"].endswith(entry["URL"])
    assert "Ada" not in response.text


def test_it_is_private(client: FlaskClient, path: str) -> None:
    full = client.get(path)
    again = client.get(path, headers={"If-None-Match": full.headers["ETag"]})
    assert (full.status_code, again.status_code) == (200, 304)
    for headers in (full.headers, again.headers):
        assert headers["Cache-Control"] == "private, max-age=300"
        assert headers["Referrer-Policy"] == "no-referrer"
    assert full.headers["X-Robots-Tag"] == "noindex"
    assert "Set-Cookie" not in full.headers


def test_a_place_given_free_shows_as_cancelled(app: Flask, client: FlaskClient, path: str) -> None:
    (before,) = entries(client.get(path).data)
    with app.app_context(), transaction():
        registration.cancel(_registration())
    (after,) = entries(client.get(path).data)
    assert (after["UID"], after["STATUS"]) == (before["UID"], "CANCELLED")
    assert (after["SUMMARY"], after["TRANSP"]) == ("Cancelled: Workshop", "TRANSPARENT")
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])


def test_a_cancelled_event_shows_as_cancelled(app: Flask, client: FlaskClient, path: str) -> None:
    (before,) = entries(client.get(path).data)
    with app.app_context(), transaction():
        programme.cancel(_registration().event, note={})
    (after,) = entries(client.get(path).data)
    assert (after["UID"], after["STATUS"]) == (before["UID"], "CANCELLED")
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])


def test_somebody_who_waits_is_promised_nothing_until_a_place_falls_free(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        event = an_event(slug="one", title={"de": "Werkstatt"}, capacity=1)
        _path_of(event, "ada")
        path = _path_of(event, "bob")
    (waiting,) = entries(client.get(path).data)
    with app.app_context(), transaction():
        registration.cancel(_registration())
    (promoted,) = entries(client.get(path).data)
    assert (waiting["SUMMARY"], waiting["STATUS"]) == ("Waiting list: Werkstatt", "TENTATIVE")
    assert promoted["UID"] == waiting["UID"]
    assert int(promoted["SEQUENCE"]) > int(waiting["SEQUENCE"])
    assert promoted["STATUS"] != "CANCELLED"


def test_a_wrong_address_is_not_there(client: FlaskClient, path: str) -> None:
    assert client.get(path.replace("/my/", "/my/X")).status_code == 404


def test_a_revoked_address_is_gone_for_ever(app: Flask, client: FlaskClient, path: str) -> None:
    with app.app_context(), transaction():
        feeds.renew_key(_registration())
    assert client.get(path).status_code == 410
