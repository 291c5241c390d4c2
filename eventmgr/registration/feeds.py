"""Keys of personal feeds: one that works for each confirmed person, renewed or stopped at will."""

from typing import cast

import sqlalchemy as sa

from eventmgr.accounts import history, tokens
from eventmgr.clock import now
from eventmgr.db import db, run
from eventmgr.registration import secrets
from eventmgr.registration.models import FeedKey, Registration

_INSERT = sa.insert(cast("sa.Table", FeedKey.__table__))
_LIVE_KEY = (
    sa.select(FeedKey.id)
    .where(FeedKey.registration_id == sa.bindparam("registration_id"))
    .where(FeedKey.revoked_at.is_(None))
    .limit(1)
)


def ensure_key(registration: Registration) -> None:
    """Give the person a feed unless they have one that works."""
    if run(_LIVE_KEY, registration_id=registration.id).scalar() is None:
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
    run(
        _INSERT,
        registration_id=registration.id,
        nonce=nonce,
        token_digest=tokens.digest(secrets.feed_token_of(nonce)),
        created_at=now(),
    )


def _revoke(registration: Registration) -> None:
    live = sa.and_(FeedKey.registration_id == registration.id, FeedKey.revoked_at.is_(None))
    db.session.execute(sa.update(FeedKey).where(live).values(revoked_at=now()))
