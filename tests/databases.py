"""The two databases that every test of stored things runs on, made empty again in milliseconds."""

import os
import secrets
import sqlite3
from abc import ABC, abstractmethod
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from eventmgr import create_app, migrate
from eventmgr.db import Base, connect, db
from eventmgr.programme.service import version
from eventmgr.settings import load_settings
from eventmgr.web import page_cache
from tests.postgres import Server


def app_on(url: str, folder: Path, *, demo: bool = False) -> Flask:
    """Build the app as it is served, but without the token that each form would have to fetch."""
    settings = load_settings(
        database_url=url,
        data_dir=folder,
        secret_key=secrets.token_hex(),
        run_worker=False,
        sign_ups_per_hour=0,
        demo=demo,
        testing=True,
    )
    app = create_app(settings)
    app.config["WTF_CSRF_ENABLED"] = False
    return app


class Database(ABC):
    """One database with the app on it."""

    def __init__(self, url: str, folder: Path) -> None:
        """Build the app on the database of this address."""
        self.folder = folder
        self.app = app_on(url, folder)

    def reset(self) -> None:
        """Put back what the migrations left, in the database and in the app's memory."""
        with self.app.app_context():
            self._reset_rows()
        page_cache.use_version(self.app, version)

    @abstractmethod
    def _reset_rows(self) -> None: ...

    @abstractmethod
    def fresh_url(self) -> str:
        """Make another migrated database, for a server in its own process; return its address."""

    def close(self) -> None:
        """Let go of the connections."""
        with self.app.app_context():
            db.engine.dispose()


class Sqlite(Database):
    """A database in memory, on one connection, put back from a copy.

    By SQLite's backup, which refuses while a statement is open; `deserialize` would crash.
    """

    def __init__(self, folder: Path) -> None:
        """Migrate once and keep a copy."""
        super().__init__("sqlite://", folder)
        self._copy = sqlite3.connect(":memory:")
        with self.app.app_context():
            migrate.upgrade()
            _driver_connection().backup(self._copy)

    def _reset_rows(self) -> None:
        self._copy.backup(_driver_connection())

    def fresh_url(self) -> str:
        """Write the copy to a file."""
        path = self.folder / f"{secrets.token_hex(4)}.sqlite"
        with closing(sqlite3.connect(path)) as file:
            self._copy.backup(file)
        return f"sqlite:///{path}"

    def close(self) -> None:
        """Let go of the copy, too."""
        super().close()
        self._copy.close()


def _driver_connection() -> sqlite3.Connection:
    connection = db.engine.raw_connection().driver_connection
    assert isinstance(connection, sqlite3.Connection)
    return connection


class Postgres(Database):
    """A database of this process, copied from a migrated template, put back by deleting."""

    def __init__(self, folder: Path) -> None:
        """Copy the template and remember the few rows that migrations write."""
        self.folder = folder
        self._server = Server()
        self._copies: list[str] = []
        super().__init__(self.fresh_url(), folder)
        with self.app.app_context(), connect() as connection:
            self._rows = {
                table: [dict(row) for row in connection.execute(sa.select(table)).mappings()]
                for table in Base.metadata.sorted_tables
            }
            self._count_keys_again = _setting_of_sequences(connection)

    def _reset_rows(self) -> None:
        with connect() as connection, connection.begin():
            for table in reversed(self._rows):
                connection.execute(sa.delete(table))
            for table, rows in self._rows.items():
                if rows:
                    connection.execute(sa.insert(table), rows)
            connection.exec_driver_sql(self._count_keys_again)

    def fresh_url(self) -> str:
        """Copy the template."""
        name = f"eventmgr_test_{os.getpid()}_{secrets.token_hex(4)}"
        self._copies.append(name)
        return self._server.copy(name, self._migrate)

    def _migrate(self, url: str) -> None:
        with app_on(url, self.folder).app_context():
            migrate.upgrade()
            db.engine.dispose()

    def close(self) -> None:
        """Drop the copies."""
        super().close()
        for name in self._copies:
            self._server.drop(name)


def _setting_of_sequences(connection: sa.Connection) -> str:
    found = connection.exec_driver_sql("SELECT sequencename, last_value FROM pg_sequences")
    return "SELECT " + ", ".join(
        f"setval('{name}', {last or 1}, {'true' if last else 'false'})" for name, last in found
    )
