"""The worker: delivers letters and does the programme's chores, in a thread or as a process.

It may be killed at any moment: a letter is marked the moment the mail server has taken it, so at
most the one in flight goes out twice, with the same Message-ID.
"""

import logging
import smtplib
import threading
from collections.abc import Callable, Sequence
from time import monotonic

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from eventmgr.clock import now
from eventmgr.db import db, transaction
from eventmgr.mail import service
from eventmgr.mail.models import OutboxLetter
from eventmgr.mail.transports import (
    Mailbox,
    MailServerDown,
    Transport,
    is_for_good,
    open_transport,
)
from eventmgr.settings import current_settings

Chore = Callable[[], object]
"""A use case that is run inside a transaction from time to time, and again while it returns
something true: then there may be more to do."""

IDLE_SECONDS = 1.0
CHORE_SECONDS = 30.0
ERROR_SECONDS = 5.0
ROUNDS = 1_000

log = logging.getLogger(__name__)


def run(app: Flask, chores: Sequence[Chore], stop: threading.Event) -> None:
    """Work until `stop` is set; a failing database or mail server is tried again."""
    chores_at = 0.0
    while not stop.is_set():
        with app.app_context():
            pause = _step(stop)
            if monotonic() >= chores_at:
                chores_at = monotonic() + CHORE_SECONDS
                do_chores(chores)
        stop.wait(max(pause, 0.05))


def _step(stop: threading.Event) -> float:
    """Deliver what is due and return how many seconds to wait before the next look."""
    try:
        if service.seconds_until_due(IDLE_SECONDS) <= 0:
            deliver_due(stop)
        pause = service.seconds_until_due(IDLE_SECONDS)
        db.session.rollback()
    except (MailServerDown, SQLAlchemyError) as error:
        log.warning("worker: %s", type(error).__name__)
    except Exception:
        log.exception("worker")
    else:
        return pause
    return ERROR_SECONDS


def do_chores(chores: Sequence[Chore]) -> None:
    """Run each chore, every round in a transaction of its own; none stops the others."""
    for chore in (service.forget_sent, *chores):
        try:
            _do(chore)
        except Exception as error:  # noqa: BLE001 - it is run again in a while
            log.warning("chore %s: %s", chore.__name__, type(error).__name__)


def _do(chore: Chore) -> None:
    for _round in range(ROUNDS):
        with transaction():
            has_more = chore()
        if not has_more:
            return


def deliver_due(stop: threading.Event | None = None) -> int:
    """Send everything that is due; returns how many letters went out. Raises MailServerDown."""
    transport = open_transport(current_settings().mail_url)
    if isinstance(transport, Mailbox):
        return _keep_due()
    sent = 0
    try:
        while not (stop and stop.is_set()):
            with transaction():
                claimed = service.claim()
                for letter in claimed:
                    db.session.expunge(letter)  # so that the commit leaves it as it was read
            if not claimed:
                break
            sent += _deliver_claimed(claimed, transport, stop)
    finally:
        transport.close()
    return sent


def _keep_due() -> int:
    """Mark as sent whatever is due: in the mailbox a letter is where it shall be, all at once."""
    kept = 0
    while True:
        with transaction():
            claimed = service.claim()
            service.mark_sent(*(letter.id for letter in claimed))
        kept += len(claimed)
        if not claimed:
            return kept


def _deliver_claimed(
    claimed: Sequence[OutboxLetter], transport: Transport, stop: threading.Event | None
) -> int:
    """Send what was claimed while the lease has time left, and give the rest back."""
    sent = 0
    for position, letter in enumerate(claimed):
        untried = [rest.id for rest in claimed[position:]]
        if (stop and stop.is_set()) or not _has_time(letter):
            with transaction():
                service.give_back(untried)
            break
        try:
            sent += deliver(letter, transport)
        except MailServerDown as error:
            with transaction():
                service.give_back(untried, error=_reason(error))
            raise
    return sent


def _has_time(letter: OutboxLetter) -> bool:
    """Whether half of the lease is left: enough to send a letter before another worker may."""
    lease = current_settings().letter_lease
    return letter.leased_until is None or letter.leased_until - now() > lease / 2


def deliver(letter: OutboxLetter, transport: Transport) -> bool:
    """Send one letter outside any transaction, then note what came of it."""
    try:
        transport.send(letter)
    except MailServerDown:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, the letter stays and says so
        log.warning("letter %s: %s", letter.id, type(error).__name__)
        with transaction():
            service.mark_failed(
                letter.id, _reason(error), for_good=is_for_good(error), attempts=letter.attempts
            )
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
