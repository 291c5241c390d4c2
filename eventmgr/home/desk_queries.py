"""What the first page of the desk asks, in a number of statements that stays the same."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from eventmgr.checkin.models import Admission
from eventmgr.checkin.queries import people_who_came
from eventmgr.clock import now
from eventmgr.db import db
from eventmgr.programme import queries as programme
from eventmgr.programme.models import Event, EventStatus
from eventmgr.registration.models import Registration, Status
from eventmgr.settings import current_settings

YEAR = timedelta(days=365)
WEEKS = 8
SOON_EXPIRING = timedelta(hours=24)
MANY_EVENTS = 200
"""Far more than a programme has ahead of it; the page shows the next ones only."""

GONE = (Status.CANCELLED, Status.DECLINED)
TAKES_PLACE = Event.status.in_((EventStatus.SCHEDULED, EventStatus.MOVED))


@dataclass(frozen=True)
class Coming:
    """An event that is not over, with the people who have not confirmed their address yet."""

    event: Event
    unconfirmed: int = 0
    expiring: int = 0
    """How many of them lose their place within a day."""
    first_expiry: datetime | None = None


@dataclass(frozen=True)
class Figures:
    """What the programme has come to in the past twelve months."""

    registrations: int
    on_site: int
    expected: int
    """Who had a confirmed place at events that are over."""
    appeared: int
    organisations: int
    events_over: int
    events_ahead: int

    @property
    def share_appeared(self) -> float | None:
        """Which part of those expected came; None where nobody was expected."""
        return self.appeared / self.expected if self.expected else None


@dataclass(frozen=True)
class Week:
    """Registrations of one calendar week."""

    number: int
    registrations: int


def coming() -> list[Coming]:
    """Return events that are not over, drafts too, the next first."""
    limit = now() + SOON_EXPIRING
    pending = sa.select(
        Registration.event_id,
        sa.func.count(),
        sa.func.count().filter(Registration.held_until <= limit),
        sa.func.min(Registration.held_until),
    ).where(Registration.status == Status.PENDING)
    by_event = {
        row[0]: row[1:] for row in db.session.execute(pending.group_by(Registration.event_id))
    }
    events = programme.desk_events(per_page=MANY_EVENTS)
    return [Coming(event, *by_event.get(event.id, ())) for event in events]


def figures() -> Figures:
    """Count the past twelve months in one statement."""
    moment = now()
    since = moment - YEAR
    is_over = sa.and_(TAKES_PLACE, Event.ends_at <= moment, Event.starts_at >= since)
    over = sa.select(Event.id).where(is_over)
    counted = sa.and_(Registration.created_at >= since, Registration.status.not_in(GONE))
    organisation = sa.func.lower(sa.func.nullif(Registration.organisation, ""))
    questions = (
        _count(Registration.id, counted),
        people_who_came(Admission.admitted_at >= since),
        _count(
            Registration.id,
            Registration.status == Status.CONFIRMED,
            Registration.event_id.in_(over),
        ),
        people_who_came(Admission.event_id.in_(over)),
        _count(sa.distinct(organisation), counted),
        _count(Event.id, is_over),
        _count(Event.id, TAKES_PLACE, Event.ends_at > moment),
    )
    return Figures(*db.session.execute(sa.select(*questions)).one())


def _count(
    what: sa.SQLColumnExpression[Any], *conditions: sa.ColumnElement[bool]
) -> sa.ScalarSelect[int]:
    return sa.select(sa.func.count(what)).where(*conditions).scalar_subquery()


def registrations_by_week() -> list[Week]:
    """Count the registrations of this week and the seven before it, in one statement."""
    zone = ZoneInfo(current_settings().default_zone)
    today = now().astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    mondays = [monday - timedelta(weeks=WEEKS - 1 - number) for number in range(WEEKS + 1)]
    bounds = [
        datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC) for day in mondays
    ]
    at = Registration.created_at
    columns = [
        sa.func.count().filter(sa.and_(at >= first, at < last)) for first, last in pairwise(bounds)
    ]
    counted = sa.select(*columns).where(at >= bounds[0], Registration.status.not_in(GONE))
    counts = db.session.execute(counted).one()
    numbers = [day.isocalendar().week for day in mondays[:-1]]
    return [Week(*pair) for pair in zip(numbers, counts, strict=True)]


def registrations_by_group() -> dict[str, int]:
    """Count the registrations of twelve months by slug of the stakeholder group."""
    is_counted = sa.and_(Registration.created_at >= now() - YEAR, Registration.status.not_in(GONE))
    query = sa.select(Registration.group, sa.func.count()).where(is_counted)
    return dict(db.session.execute(query.group_by(Registration.group)).all())
