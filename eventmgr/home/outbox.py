"""The outbox as the desk and the demonstration's mailbox see it."""

from collections.abc import Sequence

import sqlalchemy as sa

from eventmgr.accounts import history
from eventmgr.db import db
from eventmgr.mail import service as mail
from eventmgr.mail.models import LetterState, OutboxLetter
from eventmgr.web.paging import Paging

STATES = tuple(str(state) for state in LetterState)


def find_letters(
    page: int, *, state: str = "", reader: str = ""
) -> tuple[Sequence[OutboxLetter], Paging]:
    """Return one page of the letters in that state, or to readers like that, the newest first."""
    query = sa.select(OutboxLetter)
    if state in STATES:
        query = query.where(OutboxLetter.state == LetterState(state))
    if reader:
        name = sa.func.lower(OutboxLetter.to_name).contains(reader.lower(), autoescape=True)
        address = sa.func.lower(OutboxLetter.to_address).contains(reader.lower(), autoescape=True)
        query = query.where(sa.or_(name, address))
    counted = sa.select(sa.func.count()).select_from(query.subquery())
    paging = Paging(page, db.session.scalar(counted) or 0)
    query = query.order_by(OutboxLetter.id.desc()).limit(paging.per_page).offset(paging.offset)
    return db.session.scalars(query).all(), paging


def why_letters_failed() -> str:
    """Return what the mail server said of the letter that failed last, empty if none did."""
    query = sa.select(OutboxLetter.last_error).where(OutboxLetter.state == LetterState.FAILED)
    return db.session.scalar(query.order_by(OutboxLetter.id.desc()).limit(1)) or ""


def may_send_again(letter: OutboxLetter) -> bool:
    """Whether it is out of the queue and still has its content: old letters are emptied."""
    return letter.state is not LetterState.QUEUED and not letter.is_emptied


def send_again(letter: OutboxLetter) -> bool:
    """Put a letter that was sent or failed back into the queue; False where it may not."""
    if not may_send_again(letter):
        return False
    mail.send_again(letter.id)
    subject, _colon, subject_id = letter.about.partition(":")
    if subject_id.isdigit():
        history.record(subject, int(subject_id), "letter sent again", letter=letter.id)
    return True
