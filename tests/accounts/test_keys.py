"""Links that open the door of one event."""

from datetime import UTC, datetime, timedelta

import pytest
from flask_sqlalchemy.session import Session
from sqlalchemy.orm import scoped_session

from eventmgr.accounts import history, keys
from eventmgr.accounts.models import Key

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LATER = START + timedelta(hours=8)


@pytest.fixture(autouse=True)
def stopped_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "now", lambda: START)


def found(token: str) -> Key:
    key = keys.door_key(token)
    assert key is not None
    return key


def test_a_door_link_opens_the_door_of_its_event(session: scoped_session[Session]) -> None:
    token = keys.make_door_key(7, "Main entrance", LATER)
    assert (found(token).event_id, found(token).name) == (7, "Main entrance")


def test_its_token_is_not_stored(session: scoped_session[Session]) -> None:
    token = keys.make_door_key(7, "Main entrance", LATER)
    assert token not in str(vars(found(token)))


def test_it_stops_at_its_time(
    session: scoped_session[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    token = keys.make_door_key(7, "Main entrance", LATER)
    monkeypatch.setattr(keys, "now", lambda: LATER)
    assert keys.door_key(token) is None


def test_a_revoked_link_is_shut_at_once(session: scoped_session[Session]) -> None:
    token = keys.make_door_key(7, "Main entrance", LATER)
    key_id = found(token).id
    done = [keys.revoke_door_key(7, key_id), keys.revoke_door_key(7, key_id)]
    assert (done, keys.door_key(token)) == ([True, False], None)


def test_a_link_of_another_event_cannot_be_revoked_from_here(
    session: scoped_session[Session],
) -> None:
    token = keys.make_door_key(7, "Main entrance", LATER)
    assert keys.revoke_door_key(8, found(token).id) is False
    assert found(token).revoked_at is None


def test_use_is_noted_once_a_minute(
    session: scoped_session[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    token = keys.make_door_key(7, "Main entrance", LATER)
    seen = []
    for seconds in (0, 30, 61):
        moment = START + timedelta(seconds=seconds)
        monkeypatch.setattr(keys, "now", lambda moment=moment: moment)
        keys.touch(found(token))
        session.expire_all()
        seen.append(found(token).seen_at)
    assert seen == [START, START, START + timedelta(seconds=61)]


def test_making_and_revoking_stand_in_the_history(session: scoped_session[Session]) -> None:
    token = keys.make_door_key(7, "Main entrance", LATER)
    keys.revoke_door_key(7, found(token).id)
    lines = [change.what for change in history.changes_of("event", 7)]
    assert lines == ["door link revoked", "door link made"]
