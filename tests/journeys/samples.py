"""What stands in the addresses of pages under test: the demonstration's own people and events."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

import sqlalchemy as sa
from flask import Flask

from eventmgr import accounts, demo
from eventmgr.accounts import sessions
from eventmgr.checkin.models import CheckIn
from eventmgr.clock import now
from eventmgr.db import db, transaction
from eventmgr.home import barriers
from eventmgr.i18n.formats import local
from eventmgr.mail import service as mail
from eventmgr.mail.models import OutboxLetter
from eventmgr.programme import queries
from eventmgr.programme.models import Event, Session, Venue
from eventmgr.programme.preview import as_changed
from eventmgr.programme.states import SignUp, sign_up_state
from eventmgr.registration import feeds, letters, policy, secrets
from eventmgr.registration.models import Question, Registration, Status
from eventmgr.registration.policy import Standing
from eventmgr.registration.queries import with_event

Samples = dict[str, str]
STATES = (SignUp.OPEN, SignUp.FULL, SignUp.NOT_YET, SignUp.CANCELLED, SignUp.OVER)


def samples_of(app: Flask) -> Samples:
    """Add to the demonstration what it lacks, and return a value for each name in `sights`."""
    with app.test_request_context(), transaction():
        events = _events()
        _write_letters()
        return {
            **events,
            **_parts(events),
            **_people(),
            **_ways_in(events["today"]),
            **_letters(),
        }


def _events() -> Samples:
    """Return slugs of events, by what is special about them."""
    return {
        **{str(state): _slug(partial(_stands, state)) for state in STATES},
        "today": slug_of_today(),
        "moved": _slug(lambda event: event.status == "moved"),
        "draft": _slug(lambda event: event.status == "draft"),
        "online": _slug(lambda event: event.venue_id is None and event.is_public),
        "far": _slug(lambda event: event.zone == "America/Los_Angeles"),
        "asking": _slug(lambda event: event.asks_diet and event.asks_assistance),
    }


def slug_of_today() -> str:
    """Return the slug of the event of this day, which is over late in the evening."""
    return _slug(lambda event: _date_of(event.starts_at) == _date_of(now()))


def _stands(state: SignUp, event: Event) -> bool:
    return sign_up_state(event, now()) is state


def _date_of(moment: datetime) -> date:
    return local(moment, "Europe/Berlin").date()


def _slug(is_meant: Callable[[Event], bool]) -> str:
    """Return the slug of the first event that is meant; drafts only where nothing else is."""
    events = db.session.scalars(sa.select(Event).order_by(Event.starts_at))
    return min((e for e in events if is_meant(e)), key=lambda e: not e.is_public).slug


def _parts(events: Samples) -> Samples:
    """Return keys of what belongs to events."""
    asking = sa.select(Question).join(Event, Question.event_id == Event.id)
    question = db.session.scalars(asking.order_by(Question.id)).first()
    session = db.session.scalars(sa.select(Session).order_by(Session.id)).first()
    venue = db.session.scalars(sa.select(Venue).order_by(Venue.id)).first()
    assert question
    assert session
    assert venue
    return {
        "question": str(question.id),
        "questioning": db.session.get_one(Event, question.event_id).slug,
        "session": str(session.id),
        "scheduled": db.session.get_one(Event, session.event_id).slug,
        "venue": venue.slug,
        "series": queries.all_series(only_published=True)[0].slug,
    }


def _people() -> Samples:
    """Return tokens, codes and keys of registrations, by where they stand."""
    found: Samples = {}
    expired = sa.select(Registration).where(Registration.status == Status.CANCELLED).limit(1)
    db.session.scalars(expired).one().cancel_reason = policy.EXPIRED
    for row in db.session.scalars(sa.select(Registration).options(*with_event())):
        standing = policy.standing(row)
        if standing not in found:
            found[standing] = secrets.personal_token(row)
            found[f"{standing}_code"] = secrets.ticket_code(row)
            found[f"{standing}_id"] = str(row.id)
            found[f"{standing}_event"] = row.event.slug
        if standing is Standing.TICKET:
            feeds.ensure_key(row)
        if all(name in found for name in Standing):
            break
    return found


def _ways_in(today: str) -> Samples:
    """Return the secrets that open desk and door, and a scan at that door."""
    event = db.session.scalars(sa.select(Event).where(Event.slug == today)).one()
    scan = db.session.scalars(sa.select(CheckIn).where(CheckIn.event_id == event.id)).first()
    expected = sa.select(Registration).where(
        Registration.event_id == event.id,
        Registration.status == Status.CONFIRMED,
        Registration.id.not_in(sa.select(CheckIn.registration_id)),
    )
    person = db.session.scalars(expected).first()
    assert scan
    assert person
    office = demo.office_account()
    return {
        "signed_in": sessions.open_session(office.id, agent="journeys"),
        "sign_in": accounts.make_sign_in_link(office).rpartition("/")[2],
        "door": accounts.make_door_key(event.id, "Haupteingang", now() + timedelta(hours=9)),
        "scan": scan.nonce,
        "expected": person.short_code,
    }


def _write_letters() -> None:
    """Write one letter of each kind, to people of the demonstration."""
    person = _somebody(Status.CONFIRMED)
    before = as_changed(person.event, starts_at=person.event.starts_at - timedelta(days=7))
    barriers.report(what="Das Menü lässt sich nicht öffnen.", page="/events", email="")
    mail.enqueue(
        *(letters.letter_for(_somebody(s)) for s in (Status.PENDING, Status.WAITLISTED)),
        letters.letter_for(person),
        letters.promoted(person),
        letters.event_moved(person, before),
        letters.event_cancelled(person),
        letters.cancelled(person, was=Status.CONFIRMED),
    )


def _somebody(status: Status) -> Registration:
    query = sa.select(Registration).where(Registration.status == status)
    return db.session.scalars(query.options(*with_event()).limit(1)).one()


def _letters() -> Samples:
    """Return the key of a letter of each kind."""
    rows = db.session.execute(sa.select(OutboxLetter.template, OutboxLetter.id))
    return {f"letter_{template.rpartition('/')[2]}": str(key) for template, key in rows}
