"""The production server on each database: one process of eight threads, with PostgreSQL two."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask

from eventmgr.db import db
from tests.conftest import Databases
from tests.databases import app_on
from tests.servers import LiveServer, live_server

PROCESSES = {"sqlite": 1, "postgres": 2}


@dataclass(frozen=True)
class Served:
    """A running server, and an app on its database to arrange things and to count them."""

    server: LiveServer
    app: Flask


@pytest.fixture(scope="module", params=PROCESSES)
def served(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Served]:
    name = request.param
    with live_server(databases[name], processes=PROCESSES[name]) as server:
        app = app_on(server.database_url, server.data_dir)
        with app.app_context():
            # Queue for SQLite's write lock: factories read first, and the worker may be writing.
            db.engine.update_execution_options(begin_immediate=True)
        yield Served(server, app)
        with app.app_context():
            db.engine.dispose()
