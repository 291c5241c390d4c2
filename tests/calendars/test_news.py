"""The programme as Atom and JSON Feed."""

from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventmgr.db import db
from eventmgr.programme.models import EventStatus
from tests.factories import an_event

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def uid(app: Flask) -> str:
    """Return the UID of the newest of three events."""
    with app.app_context():
        an_event(slug="draft", is_published=False)
        older = an_event(slug="older", title={"de": "Älter & <b>"})
        older.revised_at = datetime(2026, 1, 1, tzinfo=UTC)
        event = an_event(
            slug="newest",
            title={"de": "Neu\x0b\ufffe", "en": "New"},
            summary={"de": "Kurz."},
            description={"de": "**Fett** <script>alert(1)</script>"},
            starts_at=datetime(2027, 7, 1, 8, 0, tzinfo=UTC),
        )
        event.revised_at = event.published_at = datetime(2026, 2, 2, 3, 4, 5, tzinfo=UTC)
        event.status = EventStatus.CANCELLED
        db.session.commit()
        return event.uid.partition("@")[0]


def test_atom_has_all_that_readers_need(client: FlaskClient, uid: str) -> None:
    root = ET.fromstring(client.get("/feeds/events.atom?language=en").data)
    assert root.findtext(f"{ATOM}title") == "StrategieWerkstatt"
    assert root.findtext(f"{ATOM}id") == "http://localhost:8000/feeds/events.atom?language=en"
    assert root.findtext(f"{ATOM}updated") == "2026-02-02T03:04:05Z"
    assert [(link.get("rel"), link.get("href")) for link in root.findall(f"{ATOM}link")] == [
        ("self", "http://localhost:8000/feeds/events.atom?language=en"),
        ("alternate", "http://localhost:8000/events"),
    ]
    entries = root.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == [
        "Cancelled: New",
        "Älter & <b>",
    ]
    assert entries[0].findtext(f"{ATOM}id") == f"tag:eventmgr.example,2026:{uid}"
    assert entries[0].findtext(f"{ATOM}updated") == "2026-02-02T03:04:05Z"
    link = entries[0].find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == "http://localhost:8000/events/newest"
    content = entries[0].find(f"{ATOM}content")
    assert content is not None
    assert content.get("type") == "html"
    assert content.text is not None
    assert "<strong>Fett</strong> &lt;script&gt;" in content.text


def test_json_feed_has_all_that_readers_need(client: FlaskClient, uid: str) -> None:
    feed = client.get("/feeds/events.json?language=en").get_json()
    item = feed["items"][0]
    assert (feed["version"], feed["language"]) == ("https://jsonfeed.org/version/1.1", "en")
    assert feed["feed_url"] == "http://localhost:8000/feeds/events.json?language=en"
    assert item["id"] == f"tag:eventmgr.example,2026:{uid}"
    assert (item["title"], item["language"]) == ("Cancelled: New", "en")
    assert item["date_modified"] == "2026-02-02T03:04:05Z"
    assert item["_event"]["starts_at"] == "2027-07-01T10:00:00+02:00"
    assert item["_event"]["status"] == "cancelled"
    assert [item["url"] for item in feed["items"]] == [
        "http://localhost:8000/events/newest",
        "http://localhost:8000/events/older",
    ]


def test_an_empty_programme_gives_an_empty_feed(client: FlaskClient) -> None:
    root = ET.fromstring(client.get("/feeds/events.atom").data)
    assert root.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"
    assert client.get("/feeds/events.json").get_json()["items"] == []
