"""Browsers that are signed in: one row each, so that a sign-out ends it wherever its cookie is.

`seen_at` is moved by writes only (see ADR 0003): whoever reads for eight hours signs in again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from eventmgr.accounts import tokens
from eventmgr.accounts.models import Account, SignedIn
from eventmgr.clock import now
from eventmgr.db import db

IDLE = timedelta(hours=8)
LONGEST = timedelta(days=7)
SEEN_EVERY = timedelta(minutes=10)
AGENT_LENGTH = 300


@dataclass(frozen=True)
class Organiser:
    """Who is signed in, as the desk needs to know: no row, so that no transaction loses it."""

    account_id: int
    name: str
    email: str
    session_id: int
    seen_at: datetime

    @property
    def actor(self) -> str:
        """The name in the history."""
        return f"account:{self.account_id}"

    @property
    def is_due_to_be_seen(self) -> bool:
        """Whether it is time to note that this browser is still in use."""
        return now() - self.seen_at >= SEEN_EVERY


def open_session(account_id: int, *, agent: str) -> str:
    """Sign a browser in and throw away sessions that are over; returns a fresh token."""
    moment = now()
    is_over = sa.or_(SignedIn.seen_at <= moment - IDLE, SignedIn.created_at <= moment - LONGEST)
    _delete(is_over)
    token = tokens.new_token()
    db.session.add(
        SignedIn(
            account_id=account_id,
            token_hash=tokens.digest(token),
            created_at=moment,
            seen_at=moment,
            agent=agent[:AGENT_LENGTH],
        )
    )
    db.session.flush()
    return token


def organiser_of(token: str) -> Organiser | None:
    """Return who is signed in with this token, in one statement."""
    moment = now()
    columns = (Account.id, Account.name, Account.email, SignedIn.id, SignedIn.seen_at)
    found = db.session.execute(
        sa.select(*columns)
        .join(Account, SignedIn.account_id == Account.id)
        .where(SignedIn.token_hash == tokens.digest(token), Account.disabled_at.is_(None))
        .where(SignedIn.seen_at > moment - IDLE, SignedIn.created_at > moment - LONGEST)
    ).one_or_none()
    return Organiser(*found) if found else None


def touch(session_id: int) -> None:
    """Note that a browser is in use."""
    db.session.execute(sa.update(SignedIn).where(SignedIn.id == session_id).values(seen_at=now()))


def close_session(token: str) -> None:
    """Sign one browser out."""
    _delete(SignedIn.token_hash == tokens.digest(token))


def close_all(account_id: int) -> None:
    """Sign all browsers of an account out."""
    _delete(SignedIn.account_id == account_id)


def _delete(condition: sa.ColumnElement[bool]) -> None:
    db.session.execute(
        sa.delete(SignedIn).where(condition), execution_options={"synchronize_session": False}
    )
