"""What the office sees of an event's registrations."""

from dataclasses import dataclass

import sqlalchemy as sa

from eventmgr.clock import now
from eventmgr.db import db
from eventmgr.programme.models import Event
from eventmgr.programme.queries import in_list
from eventmgr.registration import queries
from eventmgr.registration.models import HOLDS_PLACE, Registration, Status


@dataclass(frozen=True)
class Counts:
    """How many people stand where."""

    by_status: dict[Status, int]
    capacity: int

    def __getitem__(self, status: str) -> int:
        """Return how many registrations have that status."""
        return self.by_status.get(Status(status), 0)

    @property
    def total(self) -> int:
        """All registrations, cancelled ones too."""
        return sum(self.by_status.values())

    @property
    def free(self) -> int:
        """Places that nobody holds."""
        return self.capacity - sum(self.by_status.get(status, 0) for status in HOLDS_PLACE)


def event_on_desk(slug: str) -> Event | None:
    """Return any event, drafts too, with series and place."""
    return db.session.scalar(sa.select(Event).where(Event.slug == slug).options(*in_list()))


def counts(event: Event) -> Counts:
    """Count the event's registrations."""
    return Counts(queries.count_by_status(event.id), event.capacity)


def may_add(event: Event) -> bool:
    """Whether the office may still enter somebody: until the event is over or off."""
    return event.is_public and not event.is_cancelled and not event.is_over(now())


def position_in_line(registration: Registration) -> int | None:
    """Return 1 for the first in line, None for whoever does not wait."""
    if registration.status is not Status.WAITLISTED:
        return None
    return queries.waiting_position(registration)
