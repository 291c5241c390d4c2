"""Alembic's environment: the tables of our models on the app's own engine."""

from alembic import context

from eventmgr.db import Base, db


def run() -> None:
    """Run the migrations on the connection of the present app."""
    connection = context.config.attributes.get("connection")
    if connection is not None:
        _migrate(connection)
        return
    with db.engine.connect() as own:
        _migrate(own)


def _migrate(connection: object) -> None:
    context.configure(
        connection=connection,  # type: ignore[arg-type] # alembic types it as a Connection
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
