"""Tables of registration: people's places, the questions they are asked, keys of their feeds."""

import enum
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventmgr.db import Base, stored_enum
from eventmgr.programme.models import Event


class Status(enum.StrEnum):
    """Where a registration stands."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    WAITLISTED = "waitlisted"
    INVITED = "invited"
    CANCELLED = "cancelled"
    DECLINED = "declined"


HOLDS_PLACE = (Status.PENDING, Status.CONFIRMED)
"""Who counts in `event.places_taken`."""


class QuestionKind(enum.StrEnum):
    """How a question is answered."""

    TEXT = "text"
    CHOICE = "choice"


class Question(Base):
    """Something an event asks of everybody who signs up."""

    __tablename__ = "question"

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[QuestionKind] = mapped_column(stored_enum(QuestionKind), default=QuestionKind.TEXT)
    label: Mapped[dict[str, str]]
    choices: Mapped[list[str]] = mapped_column(default=list)
    """What can be chosen; the words are stored as the answer."""
    is_required: Mapped[bool] = mapped_column(default=False)


class Registration(Base):
    """A person's place, or wish for one, at one event. Never deleted, only cancelled or anonymised.

    The secrets of a registration are derived from `nonce` (see `accounts.tokens`): the ticket code
    in the QR and the token of the personal page. Only their digests are stored.
    """

    __tablename__ = "registration"
    __table_args__ = (
        sa.UniqueConstraint("event_id", "email_key"),
        sa.Index("ix_registration_event_id_status", "event_id", "status"),
        sa.Index("ix_registration_held_until", "status", "held_until"),
    )

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"))
    nonce: Mapped[str] = mapped_column(unique=True)
    """Also the left part of the UID in personal calendar entries: `reg-<nonce>@…`."""
    code_digest: Mapped[str] = mapped_column(unique=True)
    token_digest: Mapped[str] = mapped_column(unique=True)
    short_code: Mapped[str] = mapped_column(unique=True)
    qr_mask: Mapped[int]
    """The best of the eight masks for this code (ISO/IEC 18004, 7.8), found once and kept."""
    name: Mapped[str]
    email: Mapped[str]
    email_key: Mapped[str]
    organisation: Mapped[str] = mapped_column(default="")
    group: Mapped[str] = mapped_column(default="")
    """Slug of the stakeholder group."""
    language: Mapped[str]
    status: Mapped[Status] = mapped_column(stored_enum(Status))
    queue_number: Mapped[int]
    """Order of sign-up; the waiting list follows it strictly."""
    held_until: Mapped[datetime | None]
    """Until when a pending place is kept."""
    created_at: Mapped[datetime]
    address_confirmed_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str] = mapped_column(default="")
    answers: Mapped[dict[str, str]] = mapped_column(default=dict)
    """Answers by id of the question."""
    diet: Mapped[str] = mapped_column(default="")
    assistance: Mapped[str] = mapped_column(default="")
    consents: Mapped[dict[str, str]] = mapped_column(default=dict)
    """Time of consent (ISO 8601) by name of the consent."""
    search_text: Mapped[str] = mapped_column(default="")
    calendar_revision: Mapped[int] = mapped_column(default=0)
    """SEQUENCE of the entry that went out with letters (RFC 5545, 3.8.7.4)."""

    event: Mapped[Event] = relationship(lazy="raise_on_sql")

    @property
    def holds_place(self) -> bool:
        """Whether a place is taken for this person."""
        return self.status in HOLDS_PLACE

    @property
    def is_active(self) -> bool:
        """Whether the person still means to come."""
        return self.status in (*HOLDS_PLACE, Status.WAITLISTED, Status.INVITED)


class FeedKey(Base):
    """The address of a person's own feed; a revoked one answers 410 for ever."""

    __tablename__ = "feed_key"

    registration_id: Mapped[int] = mapped_column(
        sa.ForeignKey("registration.id", ondelete="CASCADE"), index=True
    )
    nonce: Mapped[str]
    token_digest: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    registration: Mapped[Registration] = relationship(lazy="raise_on_sql")
