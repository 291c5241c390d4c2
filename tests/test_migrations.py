"""Migrations run up, down and up again on both databases and leave exactly the models' tables."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory
from flask import Flask

from eventmgr import migrate, schema
from eventmgr.db import db
from tests.databases import Database, app_on


@pytest.fixture
def other_app(database: Database) -> Iterator[Flask]:
    """Return an app on a database of its own, which the test may take apart."""
    app = app_on(database.fresh_url(), database.folder)
    with app.app_context():
        yield app
        db.engine.dispose()


def test_migrations_build_what_the_models_say(other_app: Flask) -> None:
    assert migrate.drift() == []


def test_migrations_go_down_to_nothing_and_up_again(other_app: Flask) -> None:
    migrate.downgrade("base")
    assert set(sa.inspect(db.engine).get_table_names()) <= {"alembic_version"}
    migrate.upgrade()
    assert migrate.drift() == []


def test_the_newest_version_is_the_one_that_alembic_goes_to() -> None:
    script = ScriptDirectory.from_config(migrate.config())
    assert [schema.newest()] == script.get_heads()
