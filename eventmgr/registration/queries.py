"""What pages, letters and papers ask of registrations."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.interfaces import ORMOption

from eventmgr.accounts import tokens
from eventmgr.db import db
from eventmgr.programme.models import Event, EventStatus, Venue
from eventmgr.programme.queries import in_list
from eventmgr.programme.search import like_pattern
from eventmgr.registration.models import HOLDS_PLACE, FeedKey, Question, Registration, Status


@dataclass(frozen=True)
class RegistrationFilters:
    """The filters of the desk's list."""

    q: str = ""
    status: str = ""
    group: str = ""


def with_event() -> tuple[ORMOption, ...]:
    """Load the event with series and place."""
    event = joinedload(Registration.event)
    return (
        event.joinedload(Event.series),
        event.joinedload(Event.venue).joinedload(Venue.region),
        event.joinedload(Event.room),
    )


_ANEW = {"populate_existing": True}
_asked = sa.bindparam
_EVENT = sa.select(Event).options(*in_list())
_EVENT_BY_ID = _EVENT.where(Event.id == _asked("event_id"))
_is_published = sa.and_(Event.slug == _asked("slug"), Event.status != EventStatus.DRAFT)
_PUBLISHED = _EVENT.where(_is_published)
_PUBLISHED_ALONE = sa.select(Event).where(_is_published)
_REGISTRATION = sa.select(Registration).options(*with_event())
_BY_ID = _REGISTRATION.where(Registration.id == _asked("registration_id"))
_BY_TOKEN = _REGISTRATION.where(Registration.token_digest == _asked("digest"))
_BY_ADDRESS = _REGISTRATION.where(
    Registration.event_id == _asked("event_id"), Registration.email_key == _asked("email_key")
)
_QUESTIONS = (
    sa.select(Question)
    .where(Question.event_id == _asked("event_id"))
    .order_by(Question.position, Question.id)
)
_LIVE_FEED_KEY = (
    sa.select(FeedKey)
    .where(FeedKey.registration_id == _asked("registration_id"), FeedKey.revoked_at.is_(None))
    .order_by(FeedKey.id.desc())
    .limit(1)
)
_BEFORE_IN_LINE = sa.select(sa.func.count()).where(
    Registration.event_id == _asked("event_id"),
    Registration.status == Status.WAITLISTED,
    Registration.queue_number < _asked("queue_number"),
)
"""Put together once, for the hot paths: that takes longer than asking the database."""


def event_with_place(event_id: int) -> Event:
    """Return an event with series and place as they are stored now, whatever was read before."""
    found = db.session.scalars(_EVENT_BY_ID, {"event_id": event_id}, execution_options=_ANEW)
    return found.one()


def event_to_sign_up_for(slug: str) -> Event | None:
    """Return a published event with series and place."""
    return db.session.scalar(_PUBLISHED, {"slug": slug})


def event_to_answer(slug: str) -> Event | None:
    """Return a published event as far as its form asks: without series and place."""
    return db.session.scalar(_PUBLISHED_ALONE, {"slug": slug})


def registration_by_id(registration_id: int) -> Registration:
    """Return a registration, which must exist, and its event as they are stored now."""
    asked = {"registration_id": registration_id}
    return db.session.scalars(_BY_ID, asked, execution_options=_ANEW).one()


def is_registered(event_id: int, email_key: str) -> bool:
    """Whether the address is, or was, registered at an event."""
    query = sa.select(Registration.id).where(
        Registration.event_id == event_id, Registration.email_key == email_key
    )
    return db.session.scalar(query) is not None


def registration_of(event_id: int, email_key: str) -> Registration | None:
    """Return the registration of an address at an event."""
    return db.session.scalar(_BY_ADDRESS, {"event_id": event_id, "email_key": email_key})


def registration_by_token(token: str) -> Registration | None:
    """Return the registration whose personal page this is."""
    return db.session.scalar(_BY_TOKEN, {"digest": tokens.digest(token)})


def registration_by_code(code: str) -> Registration | None:
    """Return the registration whose ticket carries this code; case does not matter."""
    query = sa.select(Registration).where(Registration.code_digest == tokens.digest(code.upper()))
    return db.session.scalar(query.options(*with_event()))


def registration_of_event(event_id: int, registration_id: int) -> Registration | None:
    """Return a registration of that event, for the desk."""
    query = sa.select(Registration).where(
        Registration.id == registration_id, Registration.event_id == event_id
    )
    return db.session.scalar(query.options(*with_event()))


def waiting_position(registration: Registration) -> int:
    """Return 1 for the first in line."""
    this = {"event_id": registration.event_id, "queue_number": registration.queue_number}
    return (db.session.scalar(_BEFORE_IN_LINE, this) or 0) + 1


def first_in_line(event_id: int, limit: int) -> Sequence[Registration]:
    """Return who waits longest, with the event, in order."""
    query = sa.select(Registration).where(
        Registration.event_id == event_id, Registration.status == Status.WAITLISTED
    )
    ordered = query.order_by(Registration.queue_number).limit(limit)
    return db.session.scalars(ordered.options(*with_event())).all()


def find_registrations(
    event_id: int, filters: RegistrationFilters, *, page: int = 1, per_page: int = 50
) -> tuple[Sequence[Registration], int]:
    """Return one page of an event's registrations by name, and how many there are in all."""
    query = sa.select(Registration).where(*_conditions(event_id, filters))
    total = db.session.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0
    ordered = query.order_by(Registration.search_text, Registration.id)
    return db.session.scalars(ordered.limit(per_page).offset((page - 1) * per_page)).all(), total


def all_registrations(
    event_id: int, filters: RegistrationFilters | None = None
) -> Sequence[Registration]:
    """Return every registration of an event that passes, by name; for exports and badges."""
    query = sa.select(Registration).where(*_conditions(event_id, filters or RegistrationFilters()))
    return db.session.scalars(query.order_by(Registration.search_text, Registration.id)).all()


def people_with_place(event_id: int) -> Sequence[Registration]:
    """Return everybody who holds a confirmed place, by name; for badges and the door."""
    query = sa.select(Registration).where(
        Registration.event_id == event_id, Registration.status == Status.CONFIRMED
    )
    return db.session.scalars(query.order_by(Registration.search_text, Registration.id)).all()


def people_to_tell(event_id: int) -> Sequence[Registration]:
    """Return everybody who must hear of a move or a cancellation."""
    told = Registration.status.in_((*HOLDS_PLACE, Status.WAITLISTED))
    query = sa.select(Registration).where(Registration.event_id == event_id, told)
    return db.session.scalars(query.options(*with_event()).order_by(Registration.id)).all()


def count_by_status(event_id: int) -> dict[Status, int]:
    """Count the registrations of an event by status."""
    query = sa.select(Registration.status, sa.func.count()).where(Registration.event_id == event_id)
    return dict(db.session.execute(query.group_by(Registration.status)).all())


def _conditions(event_id: int, filters: RegistrationFilters) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = [Registration.event_id == event_id]
    for word in filters.q.split()[:10]:
        pattern = like_pattern(word)
        by_code = Registration.short_code == word.upper().replace("-", "")
        conditions.append(sa.or_(Registration.search_text.like(pattern, escape="\\"), by_code))
    if filters.status in list(Status):
        conditions.append(Registration.status == Status(filters.status))
    if filters.group:
        conditions.append(Registration.group == filters.group)
    return conditions


def questions_of(event_id: int) -> Sequence[Question]:
    """Return the event's questions in order."""
    return db.session.scalars(_QUESTIONS, {"event_id": event_id}).all()


def feed_key_by_token(token: str) -> FeedKey | None:
    """Return the key of a personal feed, revoked or not, with its registration and event."""
    registration = joinedload(FeedKey.registration).joinedload(Registration.event)
    options = (
        registration.joinedload(Event.series),
        registration.joinedload(Event.venue).joinedload(Venue.region),
        registration.joinedload(Event.room),
    )
    query = sa.select(FeedKey).where(FeedKey.token_digest == tokens.digest(token))
    return db.session.scalar(query.options(*options))


def live_feed_key(registration_id: int) -> FeedKey | None:
    """Return the key of the person's feed that works at present."""
    return db.session.scalar(_LIVE_FEED_KEY, {"registration_id": registration_id})
