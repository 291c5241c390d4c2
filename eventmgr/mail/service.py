"""The outbox: enqueue in the caller's transaction, claim by lease, mark one by one, back off."""

import random
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from eventmgr.clock import now
from eventmgr.db import db, insert_once, is_sqlite
from eventmgr.mail.letters import Letter
from eventmgr.mail.models import LetterState, OutboxLetter
from eventmgr.settings import current_settings

MAX_ATTEMPTS = 30
"""With the delays below: four days, as RFC 5321 (4.5.4.1) asks for."""
FIRST_DELAY = timedelta(seconds=15)
LONGEST_DELAY = timedelta(hours=4)
CLAIM = 20
KEPT = timedelta(days=30)
"""How long the desk can still read what was sent."""
FAILED_KEPT = timedelta(days=90)


@dataclass(frozen=True)
class QueueState:
    """What an operator wants to know of the outbox."""

    queued: int
    failed: int
    oldest_due_at: datetime | None


def enqueue(*letters: Letter, due_at: datetime | None = None) -> int:
    """Write letters into the outbox, but none whose key is there; returns how many were new."""
    moment = now()
    domain = current_settings().calendar_domain
    new = 0
    for letter in letters:
        row = {
            "key": letter.key,
            "message_id": f"<{uuid.uuid4()}@{domain}>",
            "template": letter.template,
            "to_address": letter.to_address,
            "to_name": letter.to_name,
            "language": letter.language,
            "context": letter.context,
            "state": LetterState.QUEUED,
            "about": letter.about,
            "created_at": moment,
            "due_at": due_at or moment,
            "attempts": 0,
            "last_error": "",
        }
        new += insert_once(OutboxLetter, **row) is not None
    return new


def claim(limit: int = CLAIM) -> list[OutboxLetter]:
    """Lease letters that are due; another worker may take them when the lease has run out."""
    moment = now()
    due = (
        sa.select(OutboxLetter.id)
        .where(OutboxLetter.state == LetterState.QUEUED, OutboxLetter.due_at <= moment)
        .where(sa.or_(OutboxLetter.leased_until.is_(None), OutboxLetter.leased_until <= moment))
        .order_by(OutboxLetter.due_at, OutboxLetter.id)
        .limit(limit)
    )
    if not is_sqlite():
        due = due.with_for_update(skip_locked=True)
    ids = list(db.session.scalars(due))
    if not ids:
        return []
    db.session.execute(
        sa.update(OutboxLetter)
        .where(OutboxLetter.id.in_(ids))
        .values(
            leased_until=moment + current_settings().letter_lease,
            attempts=OutboxLetter.attempts + 1,
        )
    )
    claimed = sa.select(OutboxLetter).where(OutboxLetter.id.in_(ids))
    return list(db.session.scalars(claimed.order_by(OutboxLetter.due_at, OutboxLetter.id)))


def give_back(letter_ids: Sequence[int], *, error: str = "") -> None:
    """End the lease of letters that were not tried, for another worker or a better moment."""
    values: dict[str, object] = {"leased_until": None, "attempts": OutboxLetter.attempts - 1}
    if error:
        values["last_error"] = error
    db.session.execute(
        sa.update(OutboxLetter).where(OutboxLetter.id.in_(letter_ids)).values(**values)
    )


def mark_sent(*letter_ids: int) -> None:
    """Note that the mail server has taken these letters."""
    if letter_ids:
        sent = {"state": LetterState.SENT, "sent_at": now()}
        _mark(*letter_ids, **sent, leased_until=None, last_error="")


def mark_failed(letter_id: int, error: str, *, for_good: bool, attempts: int) -> None:
    """Note why it did not go out, and when to try again unless it is for good."""
    if for_good or attempts >= MAX_ATTEMPTS:
        _mark(letter_id, state=LetterState.FAILED, leased_until=None, last_error=error)
        return
    delay = min(FIRST_DELAY * 2 ** (attempts - 1), LONGEST_DELAY)
    due_at = now() + delay * random.uniform(0.8, 1.2)  # noqa: S311 - spreads retries, guards nothing
    _mark(letter_id, due_at=due_at, leased_until=None, last_error=error)


def _mark(*letter_ids: int, **values: object) -> None:
    db.session.execute(
        sa.update(OutboxLetter).where(OutboxLetter.id.in_(letter_ids)).values(**values),
        execution_options={"synchronize_session": False},
    )


def send_again(letter_id: int) -> None:
    """Put a letter that failed, or got lost on its way, back into the queue."""
    _mark(
        letter_id,
        state=LetterState.QUEUED,
        due_at=now(),
        leased_until=None,
        attempts=0,
        last_error="",
    )


def forget_sent() -> int:
    """Empty letters that went out or failed long ago: they hold personal links; returns how many.

    One that failed is kept for longer, because the office may still send it again.
    """
    went_out = sa.and_(OutboxLetter.state == LetterState.SENT, OutboxLetter.sent_at < now() - KEPT)
    has_failed = OutboxLetter.state == LetterState.FAILED
    is_old = sa.or_(went_out, sa.and_(has_failed, OutboxLetter.created_at < now() - FAILED_KEPT))
    is_full = sa.cast(OutboxLetter.context, sa.Text) != "{}"
    emptied = sa.update(OutboxLetter).where(is_old, is_full).values(context={})
    unseen = {"synchronize_session": False}
    return len(
        db.session.scalars(emptied.returning(OutboxLetter.id), execution_options=unseen).all()
    )


def forget_letters(abouts: Iterable[str]) -> None:
    """Take readers and content from all letters that belong to these; that they went out stays."""
    of_them = sa.update(OutboxLetter).where(OutboxLetter.about.in_(list(abouts)))
    unseen = {"synchronize_session": False}
    empty = {"to_address": "", "to_name": "", "context": {}, "last_error": ""}
    db.session.execute(of_them.values(**empty), execution_options=unseen)


def seconds_until_due(at_most: float) -> float:
    """Return how long a worker may sleep before it can claim (0 for now, never over `at_most`)."""
    free_at = sa.case(
        (OutboxLetter.leased_until > OutboxLetter.due_at, OutboxLetter.leased_until),
        else_=OutboxLetter.due_at,
    )
    next_one = sa.select(sa.func.min(free_at)).where(OutboxLetter.state == LetterState.QUEUED)
    due = db.session.scalar(next_one)
    return at_most if due is None else min(max((due - now()).total_seconds(), 0.0), at_most)


def queue_state() -> QueueState:
    """Count what waits and what failed."""
    queued, failed, oldest = db.session.execute(
        sa.select(
            sa.func.count().filter(OutboxLetter.state == LetterState.QUEUED),
            sa.func.count().filter(OutboxLetter.state == LetterState.FAILED),
            sa.func.min(OutboxLetter.due_at).filter(OutboxLetter.state == LetterState.QUEUED),
        )
    ).one()
    return QueueState(queued, failed, oldest)


def letters(
    *, state: LetterState | None = None, about: str = "", page: int = 1, per_page: int = 50
) -> list[OutboxLetter]:
    """Return letters for a page of the desk or the demo mailbox, newest first."""
    query = sa.select(OutboxLetter).order_by(OutboxLetter.id.desc())
    if state is not None:
        query = query.where(OutboxLetter.state == state)
    if about:
        query = query.where(OutboxLetter.about == about)
    return list(db.session.scalars(query.limit(per_page).offset((page - 1) * per_page)))


def letter(letter_id: int) -> OutboxLetter | None:
    """Return one letter."""
    return db.session.get(OutboxLetter, letter_id)
