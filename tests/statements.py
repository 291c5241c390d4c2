"""Counts the SQL statements of a piece of work."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from eventmgr.db import db


@contextmanager
def counted(engine: sa.Engine | None = None) -> Iterator[list[str]]:
    """Give a list that fills with the statements sent inside, begin and commit left out."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if not statement.startswith("BEGIN"):
            statements.append(statement)

    engine = engine or db.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
