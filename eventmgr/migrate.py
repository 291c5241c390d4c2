"""Brings the database to the version of this code (Alembic, without an ini file)."""

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext

from eventmgr.db import Base, connect
from eventmgr.schema import MIGRATIONS


def config(connection: sa.Connection | None = None) -> Config:
    """Return Alembic's configuration for the migrations that came with this code."""
    result = Config()
    result.set_main_option("script_location", str(MIGRATIONS))
    result.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    result.attributes["connection"] = connection
    return result


def upgrade(revision: str = "head") -> None:
    """Migrate up."""
    with connect() as connection:
        command.upgrade(config(connection), revision)


def downgrade(revision: str) -> None:
    """Migrate down, for tests and for going back after a failed upgrade."""
    with connect() as connection:
        command.downgrade(config(connection), revision)


def drift() -> list[object]:
    """Return the differences between the models and the database."""
    with connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))


def write_migration(message: str, number: str) -> None:
    """Write a migration from what the models have and the database lacks."""
    with connect() as connection:
        command.revision(config(connection), message, autogenerate=True, rev_id=number)
