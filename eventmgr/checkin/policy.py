"""Who may come in, decided from plain facts."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from eventmgr.checkin.models import Outcome
from eventmgr.programme.models import Event
from eventmgr.registration.models import Status

OPENS_BEFORE = timedelta(hours=12)
"""How long before the start a ticket is good: enough to build up, too short for a wrong date."""
DAY_BEGINS_BEFORE = timedelta(hours=5)
"""When a day of the event begins, before its hours: guests of an evening still belong to it."""
LATE_BY_AT_MOST = timedelta(hours=24)
"""How long a device may have kept a scan for want of network."""

REFUSED = {
    Status.PENDING: Outcome.UNCONFIRMED,
    Status.INVITED: Outcome.UNCONFIRMED,
    Status.WAITLISTED: Outcome.WAITLISTED,
    Status.CANCELLED: Outcome.CANCELLED,
    Status.DECLINED: Outcome.CANCELLED,
}


@dataclass(frozen=True)
class Door:
    """The door of one event, and the device that stands there (none where the office looks on)."""

    event_id: int
    slug: str
    title: dict[str, str]
    starts_at: datetime
    ends_at: datetime
    zone: str
    is_cancelled: bool
    device_id: int | None = None
    device: str = ""

    @property
    def opens_at(self) -> datetime:
        """The first moment at which a ticket lets in."""
        return self.starts_at - OPENS_BEFORE

    def day_at(self, moment: datetime) -> int:
        """Return the day of the event as which a moment counts: 1 for the first."""
        if self.ends_at - self.starts_at < timedelta(hours=24):
            return 1
        days = Event(starts_at=self.starts_at, ends_at=self.ends_at, zone=self.zone).days
        begun = [day.number for day in days if day.starts_at - DAY_BEGINS_BEFORE <= moment]
        return max(begun, default=1)


@dataclass(frozen=True)
class Ticket:
    """What is known of a ticket that was shown."""

    registration_id: int
    event_id: int
    status: Status


def outcome_of(door: Door, ticket: Ticket | None, at: datetime) -> Outcome:
    """Return ADMITTED if the ticket is good at this door and time, else what is in the way."""
    if ticket is None:
        return Outcome.UNKNOWN
    if ticket.event_id != door.event_id:
        return Outcome.WRONG_EVENT
    if door.is_cancelled:
        return Outcome.CANCELLED
    if refusal := REFUSED.get(ticket.status):
        return refusal
    return Outcome.NOT_YET if at < door.opens_at else Outcome.ADMITTED


def believable(scanned_at: datetime, received_at: datetime) -> datetime:
    """Return the device's time of a scan, or the server's where the device's must be wrong."""
    is_believable = received_at - LATE_BY_AT_MOST <= scanned_at <= received_at
    return scanned_at if is_believable else received_at
