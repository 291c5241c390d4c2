"""Two people of the office change one event at the same moment, on both databases."""

from collections.abc import Iterator
from threading import Barrier
from time import sleep
from typing import Any

import pytest
from flask import Flask

from eventmgr.db import db
from eventmgr.programme import desk, edits
from tests.accounts.office import sign_in
from tests.databases import Database, app_on
from tests.factories import an_event
from tests.programme.pages import Desk
from tests.races.crowd import at_once
from tests.registration import people

pytestmark = pytest.mark.race
MOVE, EDIT = "/manage/events/one/move", "/manage/events/one/edit"
NEW_STARTS = ("2030-12-17T10:00", "2030-12-18T10:00")


@pytest.fixture
def office(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """Return an app whose check for other changes takes so long that two always overlap."""
    check = edits.ensure_unchanged

    def check_slowly(*args: Any) -> None:
        check(*args)
        sleep(0.3)

    monkeypatch.setattr(edits, "ensure_unchanged", check_slowly)
    app = app_on(database.fresh_url(), database.folder)
    with app.app_context():
        people.a_confirmed(an_event(slug="one"))
    yield app
    with app.app_context():
        db.engine.dispose()


def test_of_two_moves_at_once_one_wins_and_the_other_is_told(office: Flask) -> None:
    with office.app_context():
        revision = found("one").revision

    def move(plan: tuple[Desk, str], barrier: Barrier) -> int:
        browser, starts = plan
        ends = starts.replace("T10", "T16")
        form = browser.open(MOVE)
        preview = browser.send(MOVE, form, starts_at=starts, ends_at=ends, note__de="Darum")
        barrier.wait()
        return browser.send(MOVE, preview, step="confirm").status

    assert sorted(at_once(move, two_browsers(office, NEW_STARTS))) == [200, 409]
    with office.app_context():
        assert found("one").revision == revision + 1
        assert people.letters().count(("ada", "event_moved")) == 1


def test_of_two_edits_at_once_none_is_lost_in_silence(office: Flask) -> None:
    def edit(plan: tuple[Desk, str], barrier: Barrier) -> int:
        browser, title = plan
        form = browser.open(EDIT)
        barrier.wait()
        return browser.send(EDIT, form, title__de=title).status

    assert sorted(at_once(edit, two_browsers(office, ("Eins", "Zwei")))) == [200, 409]


def two_browsers(office: Flask, plans: tuple[str, str]) -> list[tuple[Desk, str]]:
    return [(Desk(sign_in(office, office.test_client())), plan) for plan in plans]


def found(slug: str) -> Any:
    event = desk.event_with_rooms(slug)
    assert event is not None
    return event
