"""Who signed up for the events of the demonstration, who waits, who came."""

import random
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from eventmgr.accounts import tokens
from eventmgr.checkin.models import Admission, CheckIn, Outcome
from eventmgr.clock import now
from eventmgr.db import db
from eventmgr.demo.people import SPECIAL, Someone
from eventmgr.programme.models import Event
from eventmgr.registration.models import Question, QuestionKind, Registration, Status
from eventmgr.registration.service import Answers, new_row

CAME = 0.86
UNCONFIRMED = 0.12
WITHDREW = 0.05

DIETS = ("vegetarisch", "vegan", "ohne Gluten", "keine Nüsse")

Row = dict[str, Any]


def sign_up_people(event: Event, row: Row, people: list[Someone], rng: random.Random) -> None:
    """Fill the event as its row says: places taken, people waiting, withdrawn, arrived."""
    if row.get("questions"):
        _add_questions(event)
    taken, waiting = row["taken"], row.get("waiting", 0)
    withdrew = round(taken * WITHDREW)
    chosen = _chosen(row, people, taken + waiting + withdrew, rng)
    is_over = event.ends_at <= now() or row.get("today", False)
    rows = []
    for number, someone in enumerate(chosen, 1):
        status = _status(number, taken, waiting, rng, is_over=is_over)
        rows.append(_registration(event, someone, number, status, rng))
    if rows:
        db.session.execute(sa.insert(Registration), rows)
    event.places_taken, event.waiting, event.sign_ups = taken, waiting, len(rows)
    db.session.flush()
    if is_over:
        _let_in(event, row, rng)


def _chosen(row: Row, people: list[Someone], count: int, rng: random.Random) -> list[Someone]:
    """Draw people by lot; where somebody is likely to look, those with special names come too."""
    guests = people[: len(SPECIAL)] if row.get("today") or row.get("questions") else []
    return guests + rng.sample(people[len(guests) :], count - len(guests))


def _status(number: int, taken: int, waiting: int, rng: random.Random, *, is_over: bool) -> Status:
    if number > taken + waiting:
        return Status.CANCELLED
    if number > taken:
        return Status.WAITLISTED
    return Status.PENDING if not is_over and rng.random() < UNCONFIRMED else Status.CONFIRMED


def _registration(
    event: Event, someone: Someone, number: int, status: Status, rng: random.Random
) -> Row:
    latest = min(now(), event.starts_at - timedelta(days=1))
    signed_up_at = latest - timedelta(minutes=rng.randint(90, 60 * 24 * 45))
    if status is Status.PENDING:
        signed_up_at = now() - timedelta(minutes=rng.randint(20, 60 * 40))
    answers = Answers(
        name=someone.name,
        email=someone.email,
        organisation=someone.organisation,
        group=someone.group,
        diet=rng.choice(DIETS) if event.asks_diet and rng.random() < 0.2 else "",
        consents=("photos",) if rng.random() < 0.7 else (),
    )
    return new_row(answers, language=someone.language, at=signed_up_at) | {
        "event_id": event.id,
        "status": status,
        "queue_number": number,
        "held_until": signed_up_at + timedelta(hours=48) if status is Status.PENDING else None,
        "address_confirmed_at": signed_up_at if status is Status.CONFIRMED else None,
        "cancelled_at": _shortly_after(signed_up_at, latest)
        if status is Status.CANCELLED
        else None,
    }


def _shortly_after(moment: datetime, latest: datetime) -> datetime:
    return min(moment + timedelta(days=3), latest)


def _add_questions(event: Event) -> None:
    topic = {
        "de": "Was wollen Sie vor allem klären?",
        "en": "What do you want to settle most?",
        "fr": "Que voulez-vous surtout éclaircir ?",
        "nl": "Wat wilt u vooral uitzoeken?",
    }
    arrival = {
        "de": "Wie reisen Sie an?",
        "en": "How will you travel?",
        "fr": "Comment venez-vous ?",
        "nl": "Hoe reist u?",
    }
    choices = ["Bahn · train", "Auto · car", "Rad · bike", "zu Fuß · on foot"]
    db.session.add(Question(event_id=event.id, position=1, label=topic, kind=QuestionKind.TEXT))
    db.session.add(
        Question(
            event_id=event.id, position=2, label=arrival, kind=QuestionKind.CHOICE, choices=choices
        )
    )
    db.session.flush()


def _let_in(event: Event, row: Row, rng: random.Random) -> None:
    """Scan those who came, most of them in the half hour before the start."""
    confirmed = sa.select(Registration.id).where(
        Registration.event_id == event.id, Registration.status == Status.CONFIRMED
    )
    expected = list(db.session.scalars(confirmed.order_by(Registration.id)))
    count = row.get("arrived", round(len(expected) * CAME))
    arrived = rng.sample(expected, count)
    scans, admissions = [], []
    for registration_id in arrived:
        minutes = rng.triangular(-40, 25, -8)
        moment = min(event.starts_at + timedelta(minutes=minutes), now() - timedelta(minutes=1))
        scans.append(
            {
                "nonce": tokens.new_nonce(),
                "event_id": event.id,
                "registration_id": registration_id,
                "outcome": Outcome.ADMITTED,
                "scanned_at": moment,
                "received_at": moment,
            }
        )
        admissions.append(
            {"registration_id": registration_id, "event_id": event.id, "admitted_at": moment}
        )
    if scans:
        db.session.execute(sa.insert(CheckIn), scans)
        db.session.execute(sa.insert(Admission), admissions)
