"""What every test may ask for: the app on both databases, a session, a client, a real server."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from flask_sqlalchemy.session import Session
from sqlalchemy.orm import scoped_session
from werkzeug.test import TestResponse

from eventmgr.db import db
from tests.browser import chromium
from tests.databases import Database, Postgres, Sqlite

KINDS = {"sqlite": Sqlite, "postgres": Postgres}
SETTINGS = (
    "DATABASE_URL",
    "DATA_DIR",
    "DEMO",
    "MAIL_URL",
    "PUBLIC_URL",
    "RUN_WORKER",
    "SECRET_KEY",
    "SIGN_UPS_PER_HOUR",
)
NO_BROWSER = (
    "Left out: the browser journeys in tests/journeys. They need Chromium:"
    " apt-get install chromium, or CHROMIUM=/path/to/it"
)


class Databases:
    """The databases of this test process, made when first asked for."""

    def __init__(self, folder: Path) -> None:
        """Remember where files may go."""
        self._folder = folder
        self._made: dict[str, Database] = {}

    def __getitem__(self, name: str) -> Database:
        """Return the database of that name, as the migrations leave it."""
        if name not in self._made:
            self._made[name] = KINDS[name](self._folder)
        return self._made[name]

    def close(self) -> None:
        """Close all of them."""
        for database in self._made.values():
            database.close()


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    made = Databases(tmp_path_factory.mktemp("databases"))
    yield made
    made.close()


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Database]:
    """Return each of the two databases in turn, empty but for what migrations write."""
    chosen = databases[request.param]
    yield chosen
    chosen.reset()


@pytest.fixture
def app(database: Database) -> Flask:
    """Return the app on each of the two databases."""
    return database.app


@pytest.fixture
def app_alone(databases: Databases) -> Flask:
    """Return the app for tests of what no database changes: routes, templates, filters."""
    return databases["sqlite"].app


@pytest.fixture
def session(app: Flask) -> Iterator[scoped_session[Session]]:
    """Return the database session, in an app context, for tests of services and queries."""
    with app.app_context():
        yield db.session


class Client(FlaskClient):
    """A browser without looks; refuses to share its context, `g` and session with the test."""

    def open(
        self,
        *args: Any,
        buffered: bool = False,
        follow_redirects: bool = False,
        **kwargs: Any,
    ) -> TestResponse:
        assert not has_app_context(), "leave the app context before a request, it would share g"
        kwargs.update(buffered=buffered, follow_redirects=follow_redirects)
        return super().open(*args, **kwargs)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a client that keeps cookies; arrange with `with app.app_context(), transaction():`."""
    app.test_client_class = Client
    return app.test_client()


def pytest_configure() -> None:
    """Forget this machine's installation; insist on a browser where the whole suite must run."""
    for name in SETTINGS:
        os.environ.pop(name, None)
    if os.environ.get("CI") and not chromium():
        raise pytest.UsageError(NO_BROWSER)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the journeys out where there is no browser."""
    if chromium():
        return
    journeys = [item for item in items if item.get_closest_marker("journey")]
    if journeys:
        config.hook.pytest_deselected(items=journeys)
        items[:] = [item for item in items if item not in journeys]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was left out."""
    if not chromium():
        terminalreporter.write_line(NO_BROWSER, yellow=True)
