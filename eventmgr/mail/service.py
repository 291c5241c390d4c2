"""The outbox: enqueue in the caller's transaction, claim by lease, mark one by one, back off."""

import random
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import CursorResult

from eventmgr.clock import now
from eventmgr.db import db, insert_or_ignore, is_sqlite
from eventmgr.mail.letters import Letter
from eventmgr.mail.models import LetterState, OutboxLetter
from eventmgr.settings import current_settings

MAX_ATTEMPTS = 12
FIRST_DELAY = timedelta(seconds=15)
LONGEST_DELAY = timedelta(hours=4)
CLAIM = 20


@dataclass(frozen=True)
class QueueState:
    """What an operator wants to know of the outbox."""

    queued: int
    failed: int
    oldest_due_at: datetime | None


def enqueue(*letters: Letter, due_at: datetime | None = None) -> int:
    """Write letters into the outbox; one whose key is there already is left out. Returns how many were new."""
    if not letters:
        return 0
    moment = now()
    domain = current_settings().calendar_domain
    rows = [
        {
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
        for letter in letters
    ]
    return affected(insert_or_ignore(OutboxLetter.__table__), rows)


def affected(statement: sa.Executable, rows: Iterable[dict[str, object]] | None = None) -> int:
    """Execute a statement and return how many rows it touched."""
    result = db.session.execute(statement, list(rows) if rows is not None else None)
    return result.rowcount if isinstance(result, CursorResult) else 0


def claim(limit: int = CLAIM) -> list[OutboxLetter]:
    """Lease letters that are due; another worker takes them over only when the lease has run out."""
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
        .values(leased_until=moment + current_settings().letter_lease, attempts=OutboxLetter.attempts + 1)
    )
    return list(
        db.session.scalars(
            sa.select(OutboxLetter).where(OutboxLetter.id.in_(ids)).order_by(OutboxLetter.due_at, OutboxLetter.id)
        )
    )


def mark_sent(letter_id: int) -> None:
    """Note that the mail server has taken the letter."""
    _mark(letter_id, state=LetterState.SENT, sent_at=now(), leased_until=None, last_error="")


def mark_failed(letter_id: int, error: str, *, for_good: bool, attempts: int) -> None:
    """Note why it did not go out, and when to try again unless it is for good."""
    if for_good or attempts >= MAX_ATTEMPTS:
        _mark(letter_id, state=LetterState.FAILED, leased_until=None, last_error=error)
        return
    delay = min(FIRST_DELAY * 2 ** (attempts - 1), LONGEST_DELAY)
    due_at = now() + delay * random.uniform(0.8, 1.2)  # noqa: S311 - spreads retries, guards nothing
    _mark(letter_id, due_at=due_at, leased_until=None, last_error=error)


def _mark(letter_id: int, **values: object) -> None:
    db.session.execute(sa.update(OutboxLetter).where(OutboxLetter.id == letter_id).values(**values))


def send_again(letter_id: int) -> None:
    """Put a failed letter back into the queue."""
    _mark(letter_id, state=LetterState.QUEUED, due_at=now(), leased_until=None, attempts=0, last_error="")


def seconds_until_due(at_most: float) -> float:
    """Return how long a worker may sleep before a letter is due (0 for now, never above `at_most`)."""
    due = db.session.scalar(
        sa.select(sa.func.min(OutboxLetter.due_at)).where(OutboxLetter.state == LetterState.QUEUED)
    )
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


def letters(*, state: LetterState | None = None, about: str = "", page: int = 1, per_page: int = 50) -> list[OutboxLetter]:
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
