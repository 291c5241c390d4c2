"""The production server as a process of its own, for races and journeys."""

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from tests.databases import Database

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
PATIENCE = 30.0


@dataclass(frozen=True)
class LiveServer:
    """A running server, and where its database lies, so that tests can look behind it."""

    host: str
    port: int
    database_url: str
    data_dir: Path
    pid: int

    @property
    def url(self) -> str:
        """Return the address of the landing page, without a slash at the end."""
        return f"http://{self.host}:{self.port}"


@contextmanager
def live_server(
    database: Database, *, processes: int = 1, **environment: str
) -> Iterator[LiveServer]:
    """Serve a migrated database of its own until the block ends.

    SQLite takes one process (of eight threads); further settings come as environment variables,
    such as `DEMO="1"`.
    """
    folder = database.folder / f"server-{secrets.token_hex(4)}"
    folder.mkdir()
    port = _free_port()
    settings = {
        "DATABASE_URL": database.fresh_url(),
        "DATA_DIR": str(folder),
        "PUBLIC_URL": f"http://{HOST}:{port}",
        "HOST": HOST,
        "PORT": str(port),
        "PROCESSES": str(processes),
        "MAIL_URL": "mailbox:",
        "SIGN_UPS_PER_HOUR": "0",  # all come from one address
        **environment,
    }
    with (folder / "log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "eventmgr", "serve"],
            cwd=ROOT,
            env={**os.environ, **settings},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait(process, port, folder / "log")
        yield LiveServer(HOST, port, settings["DATABASE_URL"], folder, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    give_up = time.monotonic() + PATIENCE
    while not _answers(port):
        if process.poll() is not None or time.monotonic() > give_up:
            raise RuntimeError(f"the server did not start:\n{log.read_text(encoding='utf-8')}")
        time.sleep(0.05)


def _answers(port: int) -> bool:
    connection = HTTPConnection(HOST, port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
