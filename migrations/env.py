"""Alembic's environment: the tables of our models on the app's own engine."""

from typing import Literal

import sqlalchemy as sa
from alembic import context

from eventmgr.db import Base, Instant, connect


def run() -> None:
    """Run the migrations on the connection of the present app."""
    connection = context.config.attributes.get("connection")
    if connection is not None:
        _migrate(connection)
        return
    with connect() as own:
        _migrate(own)


def _render_item(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Write our own column type as the database knows it: migrations import no model."""
    is_instant = kind == "type" and isinstance(item, Instant)
    return "sa.DateTime(timezone=True)" if is_instant else False


def _migrate(connection: sa.Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=_render_item,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
