"""Tables of the programme: series, events with agenda, venues with rooms, people who speak."""

import enum
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventmgr.db import Base, stored_enum

FEW_PLACES = 5
SOME_PLACES = 25


class SeriesKind(enum.StrEnum):
    """What a series consists of; the public “format”. Its colour and shape are in the front end."""

    DIALOGUE = "dialogue"
    WORKSHOP = "workshop"
    INNOCAMP = "innocamp"
    INNOSLAM = "innoslam"
    CONFERENCE = "conference"


class EventStatus(enum.StrEnum):
    """Where an event stands (schema.org EventStatusType); the clock says whether it is over."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    MOVED = "moved"
    CANCELLED = "cancelled"


class AttendanceMode(enum.StrEnum):
    """How people take part (schema.org eventAttendanceMode)."""

    ON_SITE = "on_site"
    ONLINE = "online"
    MIXED = "mixed"


class SessionKind(enum.StrEnum):
    """What happens in an agenda item."""

    TALK = "talk"
    DISCUSSION = "discussion"
    WORKSHOP = "workshop"
    SLAM = "slam"
    BREAK = "break"


class Region(Base):
    """A part of the map to filter by: a Saxon region, Berlin, Brussels, a hotspot abroad."""

    __tablename__ = "region"

    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[dict[str, str]]
    position: Mapped[int] = mapped_column(default=0)


class Venue(Base):
    """A place where events happen, with what one must know to get there and in."""

    __tablename__ = "venue"

    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    street: Mapped[str] = mapped_column(default="")
    postal_code: Mapped[str] = mapped_column(default="")
    city: Mapped[str]
    country: Mapped[str] = mapped_column(default="DE")
    """ISO 3166-1 alpha-2."""
    region_id: Mapped[int] = mapped_column(sa.ForeignKey("region.id"), index=True)
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    zone: Mapped[str] = mapped_column(default="Europe/Berlin")
    """IANA name."""
    step_free: Mapped[bool] = mapped_column(default=False)
    hearing_loop: Mapped[bool] = mapped_column(default=False)
    nearest_stop: Mapped[str] = mapped_column(default="")
    directions: Mapped[dict[str, str]] = mapped_column(default=dict)
    access_notes: Mapped[dict[str, str]] = mapped_column(default=dict)

    region: Mapped[Region] = relationship(lazy="raise_on_sql")
    rooms: Mapped[list["Room"]] = relationship(
        lazy="raise_on_sql",
        back_populates="venue",
        order_by="Room.name",
        cascade="all, delete-orphan",
    )

    @property
    def address(self) -> str:
        """Street, postcode and city in one line."""
        town = f"{self.postal_code} {self.city}".strip()
        return ", ".join(part for part in (self.street, town) if part)


class Room(Base):
    """A room of a venue."""

    __tablename__ = "room"
    __table_args__ = (sa.UniqueConstraint("venue_id", "name"),)

    venue_id: Mapped[int] = mapped_column(sa.ForeignKey("venue.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    capacity: Mapped[int | None]

    venue: Mapped[Venue] = relationship(lazy="raise_on_sql", back_populates="rooms")


class Person(Base):
    """Somebody who speaks, slams or moderates."""

    __tablename__ = "person"

    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    organisation: Mapped[str] = mapped_column(default="")
    role: Mapped[dict[str, str]] = mapped_column(default=dict)


class Series(Base):
    """Events that belong together: a tour, a row of workshops, the InnoCamps of a year."""

    __tablename__ = "series"

    slug: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[SeriesKind] = mapped_column(stored_enum(SeriesKind))
    title: Mapped[dict[str, str]]
    summary: Mapped[dict[str, str]] = mapped_column(default=dict)
    description: Mapped[dict[str, str]] = mapped_column(default=dict)
    is_published: Mapped[bool] = mapped_column(default=True)
    revised_at: Mapped[datetime]

    events: Mapped[list["Event"]] = relationship(
        lazy="raise_on_sql", back_populates="series", order_by="Event.starts_at"
    )


@dataclass(frozen=True)
class Day:
    """One day of an event: the hours people are there."""

    number: int
    starts_at: datetime
    ends_at: datetime


class Event(Base):
    """One date at one place that people sign up for.

    `uid`, `revision` and `revised_at` are RFC 5545's UID, SEQUENCE and LAST-MODIFIED. Only
    `programme.service` touches the latter two: `change_event` for the event itself, `revise` for
    its agenda (no new revision), `save_venue` for its place. Places are counted here, and changed
    only by `programme.places`.
    """

    __tablename__ = "event"
    __table_args__ = (
        sa.CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        sa.CheckConstraint("places_taken >= 0 AND places_taken <= capacity", name="never_oversold"),
        sa.CheckConstraint("waiting >= 0", name="waiting_not_negative"),
    )

    uid: Mapped[str] = mapped_column(unique=True)
    slug: Mapped[str] = mapped_column(unique=True)
    series_id: Mapped[int] = mapped_column(sa.ForeignKey("series.id"), index=True)
    venue_id: Mapped[int | None] = mapped_column(sa.ForeignKey("venue.id"), index=True)
    room_id: Mapped[int | None] = mapped_column(sa.ForeignKey("room.id"), index=True)
    status: Mapped[EventStatus] = mapped_column(stored_enum(EventStatus), default=EventStatus.DRAFT)
    attendance_mode: Mapped[AttendanceMode] = mapped_column(
        stored_enum(AttendanceMode), default=AttendanceMode.ON_SITE
    )
    online_url: Mapped[str] = mapped_column(default="")
    """Where to join; shown on the personal page only."""
    title: Mapped[dict[str, str]]
    summary: Mapped[dict[str, str]] = mapped_column(default=dict)
    description: Mapped[dict[str, str]] = mapped_column(default=dict)
    languages: Mapped[list[str]] = mapped_column(default=list)
    """Languages spoken at the event."""
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    doors_at: Mapped[datetime | None]
    zone: Mapped[str]
    """IANA name; the venue's when there is one."""
    sign_up_opens_at: Mapped[datetime | None]
    sign_up_closes_at: Mapped[datetime | None]
    capacity: Mapped[int]
    places_taken: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[int] = mapped_column(default=0)
    sign_ups: Mapped[int] = mapped_column(default=0)
    """Counts every sign-up ever made: the next number in the queue."""
    asks_diet: Mapped[bool] = mapped_column(default=False)
    asks_assistance: Mapped[bool] = mapped_column(default=False)
    moved_from: Mapped[datetime | None]
    """The former start, named on the page of a moved event."""
    status_note: Mapped[dict[str, str]] = mapped_column(default=dict)
    """Why it was moved or cancelled, for everybody to read."""
    revision: Mapped[int] = mapped_column(default=0)
    revised_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
    """When it was last called off; still known when it takes place after all."""
    published_at: Mapped[datetime | None]
    search_text: Mapped[str] = mapped_column(default="")

    series: Mapped[Series] = relationship(lazy="raise_on_sql", back_populates="events")
    venue: Mapped[Venue | None] = relationship(lazy="raise_on_sql")
    room: Mapped[Room | None] = relationship(lazy="raise_on_sql")
    sessions: Mapped[list["Session"]] = relationship(
        lazy="raise_on_sql",
        back_populates="event",
        order_by="(Session.starts_at, Session.id)",
        cascade="all, delete-orphan",
    )

    @property
    def places_left(self) -> int:
        """Places that nobody holds; none while somebody waits for them."""
        return 0 if self.waiting else self.capacity - self.places_taken

    @property
    def places_shown(self) -> int | None:
        """Places left as the public page tells them, None for “many” (see `places_level`)."""
        return places_level(self.capacity, self.places_taken, self.waiting)

    @property
    def is_public(self) -> bool:
        """Whether the public may see it."""
        return self.status is not EventStatus.DRAFT

    @property
    def is_cancelled(self) -> bool:
        """Whether it will not take place."""
        return self.status is EventStatus.CANCELLED

    def is_over(self, at: datetime) -> bool:
        """Whether it has ended by then."""
        return self.ends_at <= at

    def may_sign_up(self, at: datetime) -> bool:
        """Whether sign-up is open then: published, not cancelled, within its time, not begun."""
        opens = self.sign_up_opens_at is None or self.sign_up_opens_at <= at
        closes = self.sign_up_closes_at or self.starts_at
        return self.is_public and not self.is_cancelled and opens and at < closes

    @property
    def days(self) -> list[Day]:
        """The days with their hours: from the first start to the last end, each day alike.

        An evening that ends after midnight is one day.
        """
        zone = ZoneInfo(self.zone)
        first, last = self.starts_at.astimezone(zone), self.ends_at.astimezone(zone)
        count = (last.date() - first.date()).days + 1
        if last.time() <= first.time():
            count -= 1
        if count <= 1:
            return [Day(1, self.starts_at, self.ends_at)]
        hours: tuple[time, time] = (first.time(), last.time())
        overnight = timedelta(days=1 if hours[1] <= hours[0] else 0)
        days = []
        for number in range(count):
            date = first.date() + timedelta(days=number)
            starts = datetime.combine(date, hours[0], zone)
            days.append(Day(number + 1, starts, datetime.combine(date + overnight, hours[1], zone)))
        return days


class Session(Base):
    """An item of an event's agenda."""

    __tablename__ = "session"

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id", ondelete="CASCADE"), index=True)
    room_id: Mapped[int | None] = mapped_column(sa.ForeignKey("room.id"))
    kind: Mapped[SessionKind] = mapped_column(stored_enum(SessionKind), default=SessionKind.TALK)
    title: Mapped[dict[str, str]]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]

    event: Mapped[Event] = relationship(lazy="raise_on_sql", back_populates="sessions")
    room: Mapped[Room | None] = relationship(lazy="raise_on_sql")
    speakers: Mapped[list[Person]] = relationship(
        lazy="raise_on_sql", secondary="session_speaker", order_by="Person.name"
    )


session_speaker = sa.Table(
    "session_speaker",
    Base.metadata,
    sa.Column("session_id", sa.ForeignKey("session.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("person_id", sa.ForeignKey("person.id"), primary_key=True, index=True),
)


class ProgrammeVersion(Base):
    """One row, one number: raised whenever anything public changes, so that caches know."""

    __tablename__ = "programme_version"

    version: Mapped[int] = mapped_column(default=0)


def places_level(capacity: int, taken: int, waiting: int) -> int | None:
    """Return the places left as shown: None for many, steps of five below 26, exact from five down.

    Coarse on purpose: the page cache is emptied when this changes, not at every sign-up.
    """
    left = 0 if waiting else capacity - taken
    if left > SOME_PLACES:
        return None
    return left if left <= FEW_PLACES else left - left % 5
