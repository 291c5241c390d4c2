"""Reading changes nothing, and no link of the site leads nowhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from eventmgr import accounts, demo
from eventmgr.accounts import sessions
from eventmgr.checkin import service as checkin
from eventmgr.db import db, transaction
from eventmgr.mail import worker
from eventmgr.registration import feeds, secrets
from eventmgr.registration.models import Question
from tests.checkin.door_cast import Desk, a_desk, a_person, a_scan, an_event_today
from tests.crawler import Crawl
from tests.databases import Database, app_on
from tests.factories import an_event
from tests.registration.people import a_confirmed, sign_up

UNLINKED = (
    "/healthz",
    "/readyz",
    "/robots.txt",
    "/feeds/events.json",
    "/account/sign-in",
    "/accessibility/reported",
)
"""Addresses for programs, and pages that one reaches by sending a form."""


@dataclass(frozen=True)
class Story:
    """Where pages are to which only a letter, a form or a device leads, and who may open them."""

    starts: tuple[str, ...]
    signed_in: str
    desk: Desk


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
    with site.app_context():
        story = _story()
        writes = _written_from_now_on()
    crawl = Crawl(_who_may_see_all(site, story), site.url_map.bind("localhost"))
    crawl.follow("/", "/manage/", "/demo/mailbox", *UNLINKED, *story.starts)
    assert crawl.errors == []
    assert writes == []
    readable = {
        rule.endpoint for rule in site.url_map.iter_rules() if "GET" in (rule.methods or ())
    }
    assert sorted(readable - set(crawl.visits)) == ["static"]


def _story() -> Story:
    """Let things happen on an event of today and on one to come."""
    starts = [*_at_the_office(), *_at_home()]
    with transaction():
        token = sessions.open_session(demo.office_account().id, agent="test")
        starts.append(urlsplit(accounts.make_sign_in_link(demo.office_account())).path)
    desk = a_desk(an_event_today())
    scan = a_scan()
    with transaction():
        checkin.check_in(desk.door, scan, a_person(desk.event_id).code)
    door = f"/door/{desk.slug}"
    starts += [door, f"{door}/state", f"{door}/search?q=Ada", f"{door}/scans/{scan.nonce}"]
    starts.append(f"/door/open/{desk.token}")
    worker.deliver_due()
    return Story(tuple(starts), token, desk)


def _at_the_office() -> list[str]:
    event, draft = an_event(), an_event(is_published=False)
    with transaction():
        db.session.add(Question(event_id=event.id, label={"de": "Wozu?"}))
    return [
        f"/manage/events/{event.slug}/questions",
        f"/manage/events/{event.slug}/registrations",
        f"/manage/events/{draft.slug}",
        f"/manage/events/{draft.slug}/publish",
    ]


def _at_home() -> list[str]:
    """Sign two people up, of whom one confirms; return their pages and ticket."""
    event = an_event()
    waiting = sign_up(event, "bo@example.org")
    person = a_confirmed(event)
    with transaction():
        feeds.ensure_key(person)
    page = f"/my/{secrets.personal_token(person)}"
    return [
        f"/events/{event.slug}/sign-up/done",
        f"/my/{secrets.personal_token(waiting)}",
        page,
        f"{page}/confirm",
        f"/T/{secrets.ticket_code(person)}",
    ]


def _who_may_see_all(site: Flask, story: Story) -> FlaskClient:
    client = site.test_client()
    client.set_cookie("signed_in", story.signed_in)
    client.set_cookie("door", story.desk.token, path="/door")
    return client


def _written_from_now_on() -> list[str]:
    """Return a list that fills with the statements that change anything."""
    writes: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if not statement.lstrip().upper().startswith(("SELECT", "BEGIN", "WITH", "PRAGMA")):
            writes.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    sa.event.listen(db.engine, "commit", lambda _connection: writes.append("COMMIT"))
    return writes
