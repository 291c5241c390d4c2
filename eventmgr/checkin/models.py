"""Tables of the door: every scan for ever, and who is in at the moment."""

import enum
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from eventmgr.db import Base, stored_enum


class Outcome(enum.StrEnum):
    """What a scan came to."""

    ADMITTED = "admitted"
    ALREADY_IN = "already_in"
    WRONG_EVENT = "wrong_event"
    WAITLISTED = "waitlisted"
    UNCONFIRMED = "unconfirmed"
    CANCELLED = "cancelled"
    NOT_YET = "not_yet"
    UNKNOWN = "unknown"
    UNDONE = "undone"


class CheckIn(Base):
    """One scan, typed code or tap on a name. Rows are only ever added; an undo is a row too."""

    __tablename__ = "check_in"
    __table_args__ = (sa.Index("ix_check_in_event_id_received_at", "event_id", "received_at"),)

    nonce: Mapped[str] = mapped_column(unique=True)
    """Made by the device, so that a scan sent twice counts once."""
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"))
    registration_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("registration.id"), index=True
    )
    device_id: Mapped[int | None] = mapped_column(sa.ForeignKey("key.id"))
    outcome: Mapped[Outcome] = mapped_column(stored_enum(Outcome))
    scanned_at: Mapped[datetime]
    """The device's clock."""
    received_at: Mapped[datetime]
    """The server's clock."""


class Admission(Base):
    """Who is in, on each day of the event. Being unique, it lets one ticket in once a day."""

    __tablename__ = "admission"
    __table_args__ = (sa.UniqueConstraint("registration_id", "day"),)

    registration_id: Mapped[int] = mapped_column(sa.ForeignKey("registration.id"))
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), index=True)
    day: Mapped[int] = mapped_column(default=1)
    """1 on the first day of the event, or the only one (see `programme.models.Day`)."""
    device_id: Mapped[int | None] = mapped_column(sa.ForeignKey("key.id"))
    admitted_at: Mapped[datetime]
