"""Who will be told of a change of an event, and what the letter will say, before it goes out."""

from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm.attributes import set_committed_value

from eventmgr.db import db
from eventmgr.i18n import LANGUAGES, _, in_language
from eventmgr.mail.delivery import render
from eventmgr.mail.letters import Letter
from eventmgr.mail.models import OutboxLetter
from eventmgr.programme.models import Event
from eventmgr.registration import letters, queries
from eventmgr.registration.models import Registration, Status

TOLD = (Status.CONFIRMED, Status.PENDING, Status.WAITLISTED)


@dataclass(frozen=True)
class Told:
    """How many people a letter goes to, by where they stand."""

    confirmed: int
    pending: int
    waitlisted: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.confirmed + self.pending + self.waitlisted


@dataclass(frozen=True)
class Sample:
    """A letter as readers of one language get it."""

    language: str
    """By its own name."""
    code: str
    readers: int
    subject: str
    text: str


def people_told(event_id: int) -> Told:
    """Count who will get a letter."""
    counts = queries.count_by_status(event_id)
    return Told(*(counts.get(status, 0) for status in TOLD))


def moved_samples(event: Event, before: Event) -> list[Sample]:
    """Return the letter for an event that has moved (see `programme.preview.as_changed`)."""
    return _samples(event, lambda registration: letters.event_moved(registration, before))


def cancelled_samples(event: Event) -> list[Sample]:
    """Return the letter for an event that is off."""
    return _samples(event, letters.event_cancelled)


def _samples(event: Event, letter_for: Callable[[Registration], Letter]) -> list[Sample]:
    """Write the letter once in each language that its readers have, the most frequent first."""
    query = sa.select(Registration.language, sa.func.count())
    told = query.where(Registration.event_id == event.id, Registration.status.in_(TOLD))
    readers = dict(db.session.execute(told.group_by(Registration.language)).all())
    by_number = sorted(readers.items(), key=lambda entry: (-entry[1], entry[0]))
    return [_sample(event, code, count, letter_for) for code, count in by_number]


def _sample(
    event: Event, code: str, readers: int, letter_for: Callable[[Registration], Letter]
) -> Sample:
    letter = letter_for(_somebody(event, code))
    rendered = render(
        OutboxLetter(
            template=letter.template,
            language=letter.language,
            context=letter.context,
            to_name=letter.to_name,
            to_address=letter.to_address,
        )
    )
    return Sample(LANGUAGES.get(code, code), code, readers, rendered.subject, rendered.text)


def _somebody(event: Event, code: str) -> Registration:
    """Return a person who does not exist, with a place; the database never sees them."""
    with in_language(code):
        name = _("Robin Example")
    person = Registration(
        id=0,
        event_id=event.id,
        nonce="",
        short_code="",
        qr_mask=0,
        name=name,
        email="robin@example.org",
        language=code,
        status=Status.CONFIRMED,
        queue_number=0,
        calendar_revision=0,
        cancel_reason="",
    )
    set_committed_value(person, "event", event)
    return person
