"""The `eventmgr` command."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import Flask

from eventmgr import accounts, create_app, demo, migrate, registration
from eventmgr.db import transaction
from eventmgr.mail import worker
from eventmgr.settings import load_settings

THREADS = 8
CHORES = (registration.expire_holds,)


@click.group()
def main() -> None:
    """Events, sign-up, badges, check-in and calendars of one public programme."""


@contextmanager
def _app(**overrides: object) -> Iterator[Flask]:
    app = create_app(load_settings(**overrides))
    with app.app_context():
        yield app


def serve_app() -> Flask:
    """Build the app of a server process; it delivers letters too unless a worker of its own does."""
    settings = load_settings()
    app = create_app(settings)
    if settings.run_worker:
        worker.start_thread(app, CHORES)
    return app


@main.command()
@click.option("--host", default="127.0.0.1", envvar="HOST", show_default=True)
@click.option("--port", default=8000, envvar="PORT", show_default=True)
@click.option("--processes", default=1, envvar="PROCESSES", show_default=True, help="More than one needs PostgreSQL.")
def serve(host: str, port: int, processes: int) -> None:
    """Serve the site until interrupted."""
    if processes > 1 and load_settings().database_url.startswith("sqlite"):
        raise click.ClickException("SQLite has one writing process: use PostgreSQL (DATABASE_URL) for more.")
    _exec_server(host, port, processes)


def _exec_server(host: str, port: int, processes: int) -> None:
    """Become the server, so that no second copy of the app stays in memory."""
    sys.stdout.flush()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--factory", "eventmgr.cli:serve_app"]
    command += ["--host", host, "--port", str(port), "--workers", str(processes)]
    command += ["--blocking-threads", str(THREADS), "--no-ws", "--log-level", "warning"]
    os.execv(sys.executable, command)  # noqa: S606 - our own interpreter, no shell


@main.command()
def upgrade() -> None:
    """Create the database, or bring it to the version of this code."""
    with _app():
        migrate.upgrade()


@main.command("worker")
def run_worker() -> None:
    """Deliver letters and do the chores; for installations with several web processes."""
    import signal
    import threading

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with _app() as app:
        worker.run(app, CHORES, stop)


@main.command("demo")
@click.option("--if-empty", is_flag=True, help="Do nothing where a programme is there already.")
def load_demo(*, if_empty: bool) -> None:
    """Load the demonstration: a programme of events with about a thousand invented people."""
    with _app(demo=True):
        if demo.is_loaded():
            if if_empty:
                return
            raise click.ClickException("There is a programme already. The demonstration needs an empty database.")
        demo.load()


@main.command()
@click.argument("email")
@click.option("--name", prompt=True)
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True)
def user(email: str, name: str, password: str) -> None:
    """Create an account for the project office, or give it a new password."""
    with _app(), transaction():
        accounts.save_account(email, name=name, password=password)
    click.echo(f"{email} may sign in.")
