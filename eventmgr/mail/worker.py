"""The worker: delivers letters and does the programme's chores, in a thread or as a process.

It may be killed at any moment: a letter is marked the moment the mail server has taken it, so at most
the one in flight goes out twice, with the same Message-ID.
"""

import logging
import smtplib
import threading
from collections.abc import Callable, Sequence
from time import monotonic

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from eventmgr.db import db, transaction
from eventmgr.mail import service
from eventmgr.mail.delivery import Transport, compose, is_for_good, open_transport
from eventmgr.mail.models import OutboxLetter
from eventmgr.settings import current_settings

type Chore = Callable[[], object]
"""A use case that is run inside a transaction from time to time."""

IDLE_SECONDS = 1.0
CHORE_SECONDS = 30.0
ERROR_SECONDS = 5.0

log = logging.getLogger(__name__)


def run(app: Flask, chores: Sequence[Chore], stop: threading.Event) -> None:
    """Work until `stop` is set; a failing database or mail server is tried again."""
    chores_at = 0.0
    while not stop.is_set():
        pause = IDLE_SECONDS
        try:
            with app.app_context():
                if monotonic() >= chores_at:
                    do_chores(chores)
                    chores_at = monotonic() + CHORE_SECONDS
                deliver_due(stop)
                pause = service.seconds_until_due(IDLE_SECONDS)
                db.session.rollback()
        except SQLAlchemyError as error:
            log.warning("worker: database: %s", type(error).__name__)
            pause = ERROR_SECONDS
        except Exception:
            log.exception("worker")
            pause = ERROR_SECONDS
        stop.wait(max(pause, 0.05))


def do_chores(chores: Sequence[Chore]) -> None:
    """Run each chore in a transaction of its own."""
    for chore in chores:
        with transaction():
            chore()


def deliver_due(stop: threading.Event | None = None) -> int:
    """Send everything that is due; returns how many letters went out."""
    transport = open_transport(current_settings().mail_url)
    sent = 0
    try:
        while True:
            with transaction():
                claimed = service.claim()
                db.session.expunge_all()
            if not claimed:
                return sent
            for letter in claimed:
                if stop and stop.is_set():
                    return sent
                sent += deliver(letter, transport)
    finally:
        transport.close()


def deliver(letter: OutboxLetter, transport: Transport) -> bool:
    """Send one letter outside any transaction, then note what came of it."""
    try:
        transport.send(compose(letter))
    except Exception as error:  # noqa: BLE001 - whatever it is, the letter stays in the queue and says so
        log.warning("letter %s: %s", letter.id, type(error).__name__)
        with transaction():
            service.mark_failed(letter.id, _reason(error), for_good=is_for_good(error), attempts=letter.attempts)
        return False
    with transaction():
        service.mark_sent(letter.id)
    return True


def _reason(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "; ".join(f"{code} {reply!r}" for code, reply in error.recipients.values())
    return f"{type(error).__name__}: {error}"[:500]


def start_thread(app: Flask, chores: Sequence[Chore]) -> threading.Event:
    """Run the worker inside this process; set the returned event to stop it."""
    stop = threading.Event()
    threading.Thread(target=run, args=(app, chores, stop), name="worker", daemon=True).start()
    return stop
