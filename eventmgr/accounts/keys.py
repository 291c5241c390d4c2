"""Keys that the office hands out: links that open the door of one event on somebody's phone.

A token is shown once, when the key is made; the database keeps only its digest.
"""

from datetime import datetime, timedelta

import sqlalchemy as sa

from eventmgr.accounts import history, tokens
from eventmgr.accounts.models import Key, KeyKind
from eventmgr.clock import now
from eventmgr.db import db

SEEN_EVERY = timedelta(minutes=1)
"""How exactly `seen_at` is kept: a scan must not cost a write more than it needs."""

_DOOR_KEY = sa.select(Key).where(
    Key.token_hash == sa.bindparam("token_hash"),
    Key.kind == KeyKind.DOOR,
    Key.revoked_at.is_(None),
    Key.expires_at > sa.bindparam("moment"),
)
"""Put together once: every scan asks."""


def make_door_key(
    event_id: int, name: str, expires_at: datetime, *, token: str | None = None
) -> str:
    """Make a key for the door of one event; returns its token, which nobody can look up later.

    Only the demonstration, which shows the same link at each start, brings a token of its own.
    """
    token = token or tokens.new_token()
    key = Key(
        kind=KeyKind.DOOR,
        token_hash=tokens.digest(token),
        name=name,
        event_id=event_id,
        created_at=now(),
        expires_at=expires_at,
    )
    db.session.add(key)
    db.session.flush()
    history.record("event", event_id, "door link made", key=key.id, name=name)
    return token


def door_key(token: str) -> Key | None:
    """Return the door key of this token while it works: neither expired nor revoked."""
    return db.session.scalar(_DOOR_KEY, {"token_hash": tokens.digest(token), "moment": now()})


def revoke_door_key(event_id: int, key_id: int) -> bool:
    """Close the door to a key at once; False where the event has no such key that still works."""
    of_event = sa.and_(Key.id == key_id, Key.event_id == event_id, Key.kind == KeyKind.DOOR)
    revoke = sa.update(Key).where(of_event, Key.revoked_at.is_(None)).values(revoked_at=now())
    if db.session.execute(revoke.returning(Key.id)).scalar_one_or_none() is None:
        return False
    history.record("event", event_id, "door link revoked", key=key_id)
    return True


def touch(key: Key) -> None:
    """Note that the key was just used, once a minute at most; only where something is written."""
    moment = now()
    if key.seen_at is None or moment - key.seen_at >= SEEN_EVERY:
        db.session.execute(sa.update(Key).where(Key.id == key.id).values(seen_at=moment))
