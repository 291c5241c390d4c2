"""Keys of personal feeds: one that works for each confirmed person, renewed or stopped at will."""

from typing import Any, cast

import sqlalchemy as sa

from eventmgr.accounts import history, tokens
from eventmgr.clock import now
from eventmgr.db import db
from eventmgr.registration import secrets
from eventmgr.registration.models import FeedKey, Registration

_feed_key = cast("sa.Table", FeedKey.__table__)


def ensure_key(registration: Registration) -> None:
    """Give the person a feed unless they have one that works."""
    if db.session.scalar(sa.select(FeedKey.id).where(_is_live(registration)).limit(1)) is None:
        _make_key(registration)


def renew_key(registration: Registration) -> None:
    """Replace the address of the feed; the former one answers that it is gone."""
    _revoke(registration)
    _make_key(registration)
    history.record("registration", registration.id, "feed renewed")


def stop_feed(registration: Registration) -> None:
    """Revoke the address of the feed without giving another."""
    _revoke(registration)
    history.record("registration", registration.id, "feed stopped")


def _make_key(registration: Registration) -> None:
    nonce = tokens.new_nonce()
    row: dict[str, Any] = {
        "registration_id": registration.id,
        "nonce": nonce,
        "token_digest": tokens.digest(secrets.feed_token_of(nonce)),
        "created_at": now(),
    }
    db.session.execute(sa.insert(_feed_key), row)


def _revoke(registration: Registration) -> None:
    revoked = sa.update(FeedKey).where(_is_live(registration)).values(revoked_at=now())
    db.session.execute(revoked)


def _is_live(registration: Registration) -> sa.ColumnElement[bool]:
    return sa.and_(FeedKey.registration_id == registration.id, FeedKey.revoked_at.is_(None))
