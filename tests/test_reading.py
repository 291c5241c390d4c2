"""Reading changes nothing, and no link of the site leads nowhere."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from eventmgr import demo
from eventmgr.accounts import keys, sessions
from eventmgr.clock import now
from eventmgr.db import db, transaction
from eventmgr.programme.models import Event
from eventmgr.registration import secrets
from eventmgr.registration.models import Registration, Status
from tests.crawler import Crawl
from tests.databases import Database, app_on

OFF_THE_PATH = {"static"}
"""Nothing links to these: each needs a reason here."""


@pytest.fixture
def site(database: Database) -> Iterator[Flask]:
    """Return the app with the whole demonstration."""
    app = app_on(database.fresh_url(), database.folder, demo=True)
    with app.app_context():
        demo.load(show_progress=False)
    yield app
    with app.app_context():
        db.engine.dispose()


def test_reading_any_page_writes_nothing_and_every_link_leads_somewhere(site: Flask) -> None:
    client = site.test_client()
    with site.app_context():
        starts = _ways_in()
        client.set_cookie("signed_in", _signed_in())
        slug, door = _door()
        client.set_cookie("door", door, path="/door")
        writes = _written_from_now_on()
    crawl = Crawl(client, site.url_map.bind("localhost"))
    crawl.follow("/", "/manage/", "/demo/mailbox", f"/door/{slug}", f"/door/open/{door}", *starts)
    assert crawl.errors == []
    assert writes == []
    readable = {
        rule.endpoint for rule in site.url_map.iter_rules() if "GET" in (rule.methods or ())
    }
    assert sorted(readable - set(crawl.visits)) == sorted(OFF_THE_PATH)


def _ways_in() -> list[str]:
    """Return the addresses in letters and on tickets, one for each way a registration may stand."""
    found = []
    for status in Status:
        row = db.session.scalar(sa.select(Registration).where(Registration.status == status))
        if row:
            found.append(f"/my/{secrets.personal_token(row)}")
            found.append(f"/T/{secrets.ticket_code(row)}")
    return found


def _signed_in() -> str:
    with transaction():
        return sessions.open_session(demo.office_account().id, agent="test")


def _door() -> tuple[str, str]:
    with transaction():
        event = db.session.scalars(sa.select(Event).where(Event.starts_at > now())).first()
        assert event is not None
        return event.slug, keys.make_door_key(event.id, "Einlass", now() + timedelta(hours=8))


def _written_from_now_on() -> list[str]:
    """Return a list that fills with the statements that change anything."""
    writes: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if not statement.lstrip().upper().startswith(("SELECT", "BEGIN", "WITH", "PRAGMA")):
            writes.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    sa.event.listen(db.engine, "commit", lambda _connection: writes.append("COMMIT"))
    return writes
