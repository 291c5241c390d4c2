"""People who sign in, their browsers, keys that are handed out, counted tries, and the history."""

import enum
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventmgr.db import Base, stored_enum


class Installation(Base):
    """The one row that says which secret key belongs to this database."""

    __tablename__ = "installation"

    key_fingerprint: Mapped[str]


class Account(Base):
    """Somebody of the project office."""

    __tablename__ = "account"

    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    language: Mapped[str] = mapped_column(default="de")
    password_hash: Mapped[str | None]
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class SignedIn(Base):
    """One browser of one account; deleting the row signs it out."""

    __tablename__ = "signed_in"

    account_id: Mapped[int] = mapped_column(
        sa.ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    agent: Mapped[str] = mapped_column(default="")

    account: Mapped[Account] = relationship(lazy="raise_on_sql")


class KeyKind(enum.StrEnum):
    """What a key opens."""

    SIGN_IN = "sign_in"
    DOOR = "door"


class Key(Base):
    """A secret that was handed out once and is stored hashed: a sign-in link, a door device."""

    __tablename__ = "key"

    kind: Mapped[KeyKind] = mapped_column(stored_enum(KeyKind))
    token_hash: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(default="")
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id", ondelete="CASCADE"))
    event_id: Mapped[int | None] = mapped_column(index=True)
    """The event whose door it opens; no foreign key, because the programme is above this room."""
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class Attempt(Base):
    """Tries to sign in, counted before the password is checked; sign-ups of one network."""

    __tablename__ = "attempt"

    key: Mapped[str] = mapped_column(unique=True)
    failures: Mapped[int]
    blocked_until: Mapped[datetime]
    last_at: Mapped[datetime]


class Change(Base):
    """A line of history: who did what to which object. Lines are only ever added."""

    __tablename__ = "change"
    __table_args__ = (sa.Index("ix_change_subject", "subject", "subject_id"),)

    at: Mapped[datetime]
    actor: Mapped[str]
    """`account:3`, `attendee`, `door:5`, `worker` or `cli`."""
    subject: Mapped[str]
    subject_id: Mapped[int]
    what: Mapped[str]
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
