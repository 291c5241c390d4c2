"""The outbox: letters that are committed and not yet, or no longer, on their way."""

import enum
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from eventmgr.db import Base, stored_enum


class LetterState(enum.StrEnum):
    """Where a letter stands."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"


class OutboxLetter(Base):
    """One letter to one address, written in the transaction that gave cause for it.

    `key` is unique: the same letter for the same cause is enqueued once. `message_id` is fixed, so
    that a letter sent twice by a killed worker is recognised as one by mail programs.
    """

    __tablename__ = "outbox"
    __table_args__ = (sa.Index("ix_outbox_state_due_at", "state", "due_at"),)

    key: Mapped[str] = mapped_column(unique=True)
    message_id: Mapped[str]
    template: Mapped[str]
    """Folder and name below `templates/`, without ending: `registration/letters/confirm`."""
    to_address: Mapped[str]
    to_name: Mapped[str] = mapped_column(default="")
    language: Mapped[str]
    context: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[LetterState] = mapped_column(stored_enum(LetterState), default=LetterState.QUEUED)
    about: Mapped[str] = mapped_column(default="", index=True)
    """What it belongs to, as `registration:17`, for the desk."""
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(default="")
    sent_at: Mapped[datetime | None]

    @property
    def is_emptied(self) -> bool:
        """Whether its content was forgotten: it can be neither shown nor sent any more."""
        return not self.context
