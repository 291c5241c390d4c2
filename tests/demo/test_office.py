"""The demonstration's ways in stay the same from start to start."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from eventmgr import accounts, clock, demo
from eventmgr.accounts import keys, service
from eventmgr.accounts.models import Key
from eventmgr.db import db, transaction
from eventmgr.demo import office
from tests.factories import an_event


@pytest.fixture
def demonstration(app: Flask) -> Flask:
    with app.app_context(), transaction():
        accounts.save_account(office.OFFICE, name="Olga")
    return app


def ways_in() -> tuple[str, str | None]:
    with transaction():
        return demo.office_link(), demo.door_token()


def test_a_second_start_shows_the_same_links_and_changes_nothing(demonstration: Flask) -> None:
    with demonstration.app_context():
        an_event()
        first = ways_in()
        rows = db.session.scalar(sa.select(sa.func.count(Key.id)))
        assert ways_in() == first
        assert db.session.scalar(sa.select(sa.func.count(Key.id))) == rows


def test_a_used_link_is_followed_by_a_fresh_one(demonstration: Flask) -> None:
    with demonstration.app_context():
        link, _door = ways_in()
        with transaction():
            service.spend_link(link.rsplit("/", 1)[1])
        fresh, _door = ways_in()
        assert fresh != link
        assert service.is_link_usable(fresh.rsplit("/", 1)[1])


def test_a_closed_door_is_not_opened_again_with_the_same_link(demonstration: Flask) -> None:
    with demonstration.app_context():
        event_id = an_event().id
        _link, door = ways_in()
        with transaction():
            key_id = db.session.scalars(sa.select(Key.id).where(Key.event_id == event_id)).one()
            keys.revoke_door_key(event_id, key_id)
        _link, fresh = ways_in()
        assert fresh is not None
        assert fresh != door
        assert keys.door_key(fresh) is not None


def test_without_a_coming_event_there_is_no_door(
    demonstration: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with demonstration.app_context():
        an_event()
        later = clock.now() + timedelta(days=400)
        for module in ("demo.office", "programme.queries", "accounts.service", "accounts.keys"):
            monkeypatch.setattr(f"eventmgr.{module}.now", lambda: later)
        assert ways_in()[1] is None
