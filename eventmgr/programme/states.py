"""What a visitor can do about an event at a moment, and whether its clocks differ from ours."""

import enum
from datetime import datetime

from eventmgr.i18n import formats
from eventmgr.programme.models import FEW_PLACES, Event
from eventmgr.settings import current_settings


class SignUp(enum.StrEnum):
    """Where sign-up stands, as the pages tell it."""

    OPEN = "open"
    FEW = "few"
    FULL = "full"
    NOT_YET = "not_yet"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    OVER = "over"

    @property
    def is_open(self) -> bool:
        """Whether the form takes answers, be it for the waiting list."""
        return self in (SignUp.OPEN, SignUp.FEW, SignUp.FULL)


def sign_up_state(event: Event, at: datetime) -> SignUp:
    """Return what can be done about the event at that moment."""
    if event.is_cancelled:
        return SignUp.CANCELLED
    if event.is_over(at):
        return SignUp.OVER
    if event.sign_up_opens_at is not None and at < event.sign_up_opens_at:
        return SignUp.NOT_YET
    if not event.may_sign_up(at):
        return SignUp.CLOSED
    return _by_places(event.places_shown)


def _by_places(shown: int | None) -> SignUp:
    if shown is None or shown > FEW_PLACES:
        return SignUp.OPEN
    return SignUp.FEW if shown else SignUp.FULL


def has_own_time(event: Event) -> bool:
    """Whether clocks at the event show another time than those of the programme's readers."""
    here = formats.local(event.starts_at, current_settings().default_zone)
    return formats.local(event.starts_at, event.zone).utcoffset() != here.utcoffset()
