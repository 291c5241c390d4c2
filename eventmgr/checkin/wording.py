"""What the door says: one large word, a colour, a sign, and what to do next."""

from dataclasses import dataclass
from datetime import datetime

from eventmgr.checkin.models import Outcome
from eventmgr.checkin.policy import Door
from eventmgr.checkin.queries import Found, ScanResult
from eventmgr.i18n import _, _l, formats, say
from eventmgr.registration.models import Status
from eventmgr.registration.words import group_name

WORDS = {
    Outcome.ADMITTED: _l("Come in!"),
    Outcome.ALREADY_IN: _l("Already in"),
    Outcome.WRONG_EVENT: _l("Another event"),
    Outcome.WAITLISTED: _l("On the waiting list"),
    Outcome.UNCONFIRMED: _l("Not confirmed yet"),
    Outcome.CANCELLED: _l("No entry"),
    Outcome.NOT_YET: _l("Too early"),
    Outcome.UNKNOWN: _l("Not on the list"),
    Outcome.UNDONE: _l("Undone"),
}

TONES = {
    Outcome.ADMITTED: "in",
    Outcome.ALREADY_IN: "again",
    Outcome.WRONG_EVENT: "no",
    Outcome.WAITLISTED: "again",
    Outcome.UNCONFIRMED: "again",
    Outcome.CANCELLED: "no",
    Outcome.NOT_YET: "again",
    Outcome.UNKNOWN: "again",
    Outcome.UNDONE: "undone",
}
"""Green lets in, amber asks, red refuses; `undone` is as quiet as the frame."""

SIGNS = {
    Outcome.ADMITTED: "check",
    Outcome.ALREADY_IN: "again",
    Outcome.WRONG_EVENT: "x",
    Outcome.CANCELLED: "x",
    Outcome.NOT_YET: "clock",
    Outcome.WAITLISTED: "clock",
    Outcome.UNDONE: "back",
}

ADVICE = {
    Outcome.WAITLISTED: _l("Send them to the reception: perhaps a place is free."),
    Outcome.UNCONFIRMED: _l("The place was never confirmed by e-mail. Send them to the reception."),
    Outcome.UNKNOWN: _l("Ask for the name and look it up here."),
    Outcome.UNDONE: _l("Not counted as present any more."),
}

STATES = {
    Status.PENDING: _l("Not confirmed yet"),
    Status.INVITED: _l("Not confirmed yet"),
    Status.WAITLISTED: _l("On the waiting list"),
    Status.CANCELLED: _l("Cancelled"),
    Status.DECLINED: _l("Cancelled"),
}


@dataclass(frozen=True)
class Answer:
    """A result as the page shows it."""

    nonce: str
    outcome: str
    tone: str
    sign: str
    word: str
    name: str
    organisation: str
    group: str
    lines: list[str]
    can_undo: bool


@dataclass(frozen=True)
class Row:
    """Somebody in the list of people found; `state` says what is worth knowing before the tap."""

    id: int
    name: str
    organisation: str
    group: str
    state: str


def answer(door: Door, result: ScanResult) -> Answer:
    """Put a result into words."""
    return Answer(
        nonce=result.nonce,
        outcome=str(result.outcome),
        tone=TONES[result.outcome],
        sign=SIGNS.get(result.outcome, "bang"),
        word=str(WORDS[result.outcome]),
        name=say(result.other_event) or result.name,
        organisation=result.organisation,
        group=group_name(result.group),
        lines=_lines(door, result),
        can_undo=result.outcome is Outcome.ADMITTED,
    )


def row(door: Door, found: Found) -> Row:
    """Put somebody who was found into words."""
    return Row(
        found.registration_id,
        found.name,
        found.organisation,
        group_name(found.group),
        _state(door, found),
    )


def _lines(door: Door, result: ScanResult) -> list[str]:
    """Return why, and what to do next."""
    match result.outcome:
        case Outcome.ALREADY_IN:
            return _already_in(door, result)
        case Outcome.WRONG_EVENT:
            return _another_event(result)
        case Outcome.CANCELLED:
            return _cancelled(door, result)
        case Outcome.NOT_YET:
            return [_("Tickets are good from %(when)s.", when=_moment(door, door.opens_at))]
        case _:
            return [str(ADVICE[result.outcome])] if result.outcome in ADVICE else []


def _already_in(door: Door, result: ScanResult) -> list[str]:
    advice = _("Perhaps the ticket was passed on: ask for the name.")
    if result.since is None:
        return [advice]
    time = formats.clock_time(result.since, door.zone)
    if result.device:
        return [_("Since %(time)s, %(device)s.", time=time, device=result.device), advice]
    return [_("Since %(time)s.", time=time), advice]


def _another_event(result: ScanResult) -> list[str]:
    starts_at, zone = result.other_starts_at, result.other_zone
    if starts_at is None:
        return []
    when = formats.day(starts_at, zone)
    return [_("This ticket is for %(when)s.", when=when), _("Send them to the reception.")]


def _cancelled(door: Door, result: ScanResult) -> list[str]:
    if door.is_cancelled:
        return [_("This event was called off.")]
    advice = _("Send them to the reception: perhaps places are free.")
    if result.cancelled_at is None:
        return [advice]
    when = formats.short_day(result.cancelled_at, door.zone)
    return [_("Registration cancelled on %(when)s.", when=when), advice]


def _moment(door: Door, at: datetime) -> str:
    return f"{formats.short_day(at, door.zone)}, {formats.clock_time(at, door.zone)}"


def _state(door: Door, found: Found) -> str:
    if found.admitted_at:
        return _("In since %(time)s", time=formats.clock_time(found.admitted_at, door.zone))
    if found.status is Status.CONFIRMED:
        return ""
    return str(STATES[found.status])
