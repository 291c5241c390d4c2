"""Letters for tests of the outbox, and where they stand."""

import sqlalchemy as sa

from eventmgr.db import db, transaction
from eventmgr.mail import service
from eventmgr.mail.letters import Letter
from eventmgr.mail.models import OutboxLetter

TEMPLATE = "home/letters/barrier"


def a_letter(name: str = "ada", **values: object) -> Letter:
    """Return a letter to somebody at example.org."""
    defaults: dict[str, object] = {
        "key": f"key-{name}",
        "template": TEMPLATE,
        "to_address": f"{name}@example.org",
        "to_name": name.title(),
        "language": "en",
        "context": {"what": f"News for {name}", "page": "", "email": ""},
    }
    return Letter(**{**defaults, **values})  # type: ignore[arg-type] # a letter's own fields


def enqueue(*names: str) -> None:
    """Write a letter to each of them."""
    with transaction():
        service.enqueue(*(a_letter(name) for name in names))


def states() -> list[tuple[str, str, int]]:
    """Return to whom, in which state and after how many attempts, in order of writing."""
    query = sa.select(OutboxLetter.to_address, OutboxLetter.state, OutboxLetter.attempts)
    found = db.session.execute(query.order_by(OutboxLetter.id))
    rows = [(address.partition("@")[0], str(state), attempts) for address, state, attempts in found]
    db.session.rollback()
    return rows


def stored(name: str = "ada") -> OutboxLetter:
    """Return the letter to somebody as it is stored now."""
    db.session.rollback()
    query = sa.select(OutboxLetter).where(OutboxLetter.to_address == f"{name}@example.org")
    return db.session.scalars(query).one()
