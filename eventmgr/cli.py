"""The `eventmgr` command.

Alembic and the demonstration are imported by the commands that need them: together they take 13 MB
and a tenth of a second, and `serve` has no use for them.
"""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from eventmgr import accounts, create_app, server
from eventmgr.accounts import history
from eventmgr.db import db, is_sqlite, transaction
from eventmgr.mail import worker
from eventmgr.settings import EmptySecretKey, current_settings, load_settings

HOST = click.option("--host", default="127.0.0.1", envvar="HOST", show_default=True)
PORT = click.option("--port", default=8000, envvar="PORT", show_default=True)


@click.group()
def main() -> None:
    """Events, sign-up, badges, check-in and calendars of one public programme."""


@contextmanager
def _app(**overrides: object) -> Iterator[Flask]:
    try:
        app = create_app(load_settings(**overrides))
    except EmptySecretKey as error:
        raise click.ClickException(str(error)) from error
    with app.app_context(), history.acting_as("cli"):
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


def _ensure_same_key() -> None:
    """Refuse to work with a key that is not this database's; one that cannot be asked may come."""
    try:
        with transaction():
            accounts.ensure_same_key()
    except accounts.OtherSecretKey as error:
        raise click.ClickException(str(error)) from error
    except SQLAlchemyError as error:
        click.echo(f"The database is not ready ({type(error).__name__}). Is it upgraded?", err=True)


@main.command()
@HOST
@PORT
@click.option(
    "--processes", default=1, envvar="PROCESSES", show_default=True, help="More need PostgreSQL."
)
def serve(host: str, port: int, processes: int) -> None:
    """Serve the site until interrupted."""
    with _app():
        if processes > 1 and is_sqlite():
            raise click.ClickException(
                "SQLite has one writing process; for more set DATABASE_URL to PostgreSQL."
            )
        _ensure_same_key()
    server.serve(host, port, processes)


@main.command()
@HOST
@PORT
def run(host: str, port: int) -> None:
    """Start the demonstration: create the database, load it if empty, print the ways in, serve."""
    from eventmgr import demo, migrate

    os.environ.setdefault("PUBLIC_URL", f"http://localhost:{port}")
    with _app(demo=True):
        migrate.upgrade()
        _ensure_same_key()
        if not demo.is_loaded():
            demo.load()
        elif not demo.is_demonstration():
            raise click.ClickException(
                "This database holds a programme of your own: use `eventmgr serve`."
            )
        with transaction():
            office, door = demo.office_link(), demo.door_token()
        _print_ways_in(office, door)
    os.environ["DEMO"] = "1"
    server.serve(host, port, processes=1)


def _print_ways_in(office: str, door: str | None) -> None:
    """Print where to go, with a link for the office and one for the door."""
    address = current_settings().public_url
    click.echo(f"\n  Site       {address}/")
    click.echo(f"  Organiser  {office}")
    if door:
        click.echo(f"  Door       {address}/door/open/{door}")
    click.echo(f"  Mailbox    {address}/demo/mailbox\n\n  Ctrl+C ends it.\n")


@main.command()
def upgrade() -> None:
    """Create the database, or bring it to the version of this code."""
    from eventmgr import migrate

    with _app():
        migrate.upgrade()


@main.command("accept-key")
@click.confirmation_option(prompt="Links and tickets of earlier sign-ups will not be made again?")
def accept_key() -> None:
    """Take the present secret key for the right one, after the old one was lost for good."""
    with _app(), transaction():
        accounts.accept_key()


@main.command("worker")
def run_worker() -> None:
    """Deliver letters and do the chores; for installations with several web processes."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with _app() as app:
        _ensure_same_key()
        worker.run(app, server.CHORES, stop)


@main.command("demo")
@click.option("--if-empty", is_flag=True, help="Do nothing where a programme is there already.")
def load_demo(*, if_empty: bool) -> None:
    """Load the demonstration: a programme of events with about a thousand invented people."""
    from eventmgr import demo

    with _app(demo=True):
        if not demo.is_loaded():
            demo.load()
        elif not if_empty:
            raise click.ClickException(
                "There is a programme already; the demonstration needs an empty database."
            )


@main.command()
@click.argument("email")
@click.option("--name")
@click.option("--password")
@click.option("--disable", is_flag=True, help="Let nobody in by this account any more.")
def user(email: str, name: str | None, password: str | None, *, disable: bool) -> None:
    """Create an account for the project office, give it a new password, or disable it.

    A new password signs out all browsers of the account, and opens one that was disabled.
    """
    if disable:
        _disable(email)
        return
    name = name or click.prompt("Name")
    password = password or click.prompt("Password", hide_input=True, confirmation_prompt=True)
    try:
        with _app(), transaction():
            accounts.save_account(email, name=name, password=password)
    except accounts.WeakPassword as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{email} may sign in.")


def _disable(email: str) -> None:
    with _app(), transaction():
        if not accounts.disable_account(email):
            raise click.ClickException(f"There is no account of {email}.")
    click.echo(f"{email} may no longer sign in, and is signed out everywhere.")
