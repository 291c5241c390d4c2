"""What a person can do about a registration at the moment, and what the personal page says."""

import enum

from eventmgr.clock import now
from eventmgr.programme.models import Event
from eventmgr.registration.models import Registration, Status


class Standing(enum.StrEnum):
    """How a registration stands, the event's own fate included."""

    TO_CONFIRM = "to_confirm"
    TICKET = "ticket"
    WAITING = "waiting"
    GIVEN_BACK = "given_back"
    EXPIRED = "expired"
    EVENT_OFF = "event_off"
    EVENT_OVER = "event_over"


EXPIRED = "hold expired"
"""The reason of a cancellation that nobody asked for."""

_STANDINGS = {
    Status.PENDING: Standing.TO_CONFIRM,
    Status.CONFIRMED: Standing.TICKET,
    Status.WAITLISTED: Standing.WAITING,
}


def is_live(event: Event) -> bool:
    """Whether it still makes sense to confirm, or to move up into, a place of this event."""
    return event.is_public and not event.is_cancelled and not event.is_over(now())


def standing(registration: Registration) -> Standing:
    """Return what the personal page is about."""
    if not registration.is_active:
        is_expired = registration.cancel_reason == EXPIRED
        return Standing.EXPIRED if is_expired else Standing.GIVEN_BACK
    if registration.event.is_cancelled:
        return Standing.EVENT_OFF
    if registration.event.is_over(now()):
        return Standing.EVENT_OVER
    return _STANDINGS[registration.status]


def has_ticket(registration: Registration) -> bool:
    """Whether there is a ticket: for a confirmed place at an event that takes place."""
    return standing(registration) is Standing.TICKET


def may_confirm_address(registration: Registration) -> bool:
    """Whether the button of the letter has something to do."""
    is_waiting = standing(registration) in (Standing.TO_CONFIRM, Standing.WAITING)
    return is_waiting and registration.address_confirmed_at is None


def may_change(registration: Registration) -> bool:
    """Whether details can be corrected: while the person means to come."""
    return registration.is_active and is_live(registration.event)


def may_cancel(registration: Registration) -> bool:
    """Whether the place can be given free: until the event begins, while somebody gains by it."""
    return may_change(registration) and registration.event.starts_at > now()


def may_sign_up_again(registration: Registration) -> bool:
    """Whether somebody who has no place any more can ask for one."""
    return not registration.is_active and registration.event.may_sign_up(now())
