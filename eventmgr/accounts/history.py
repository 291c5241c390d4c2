"""The history: one line per change, written in the transaction of the change."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from flask import g

from eventmgr.accounts.models import Change
from eventmgr.clock import now
from eventmgr.db import db

_change = Change.metadata.tables["change"]
"""A plain insert: history is written on the hot paths too."""


def actor() -> str:
    """Return who acts in this request, command or worker step."""
    return str(g.get("actor", "attendee"))


@contextmanager
def acting_as(name: str) -> Iterator[None]:
    """Write `name` as the actor of everything recorded inside."""
    before = g.get("actor")
    g.actor = name
    try:
        yield
    finally:
        if before is None:
            g.pop("actor", None)
        else:
            g.actor = before


def record(subject: str, subject_id: int, what: str, **details: Any) -> None:  # noqa: ANN401 - JSON
    """Add a line of history."""
    values = {"at": now(), "actor": actor(), "subject": subject, "subject_id": subject_id}
    db.session.execute(sa.insert(_change).values(**values, what=what, details=details))


def changes_of(subject: str, subject_id: int, limit: int = 100) -> list[Change]:
    """Return the history of one object, newest first."""
    query = sa.select(Change).where(Change.subject == subject, Change.subject_id == subject_id)
    return list(db.session.scalars(query.order_by(Change.id.desc()).limit(limit)))
