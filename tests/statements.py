"""Counts the SQL statements of a piece of work."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from eventmgr.db import db


@contextmanager
def counted() -> Iterator[list[str]]:
    """Give a list that fills with the statements sent inside, begin and commit left out."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if not statement.startswith("BEGIN"):
            statements.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)
