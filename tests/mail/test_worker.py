import socket
import threading
from dataclasses import replace
from datetime import timedelta
from smtplib import SMTPServerDisconnected
from time import monotonic

import pytest
import sqlalchemy as sa
from flask import Flask

from eventmgr.clock import now
from eventmgr.db import db, transaction
from eventmgr.mail import service, worker
from eventmgr.mail.models import OutboxLetter
from eventmgr.mail.transports import MailServerDown, Smtp
from tests.mail.outbox import a_letter, enqueue, states, stored
from tests.mail.sink import Sink, running

pytestmark = pytest.mark.usefixtures("session")


def test_letters_go_out_in_order_over_one_connection(sink: Sink) -> None:
    enqueue("ada", "bo", "cy")
    assert worker.deliver_due() == 3
    assert [message["To"] for message in sink.messages()] == [
        "Ada <ada@example.org>",
        "Bo <bo@example.org>",
        "Cy <cy@example.org>",
    ]
    assert states() == [("ada", "sent", 1), ("bo", "sent", 1), ("cy", "sent", 1)]
    assert sink.connections == 1
    assert worker.deliver_due() == 0


def test_a_refused_address_fails_for_good_and_stops_nobody_else(sink: Sink) -> None:
    sink.of_recipient["ada@example.org"] = "550 no such person"
    enqueue("ada", "bo")
    assert worker.deliver_due() == 1
    assert states() == [("ada", "failed", 1), ("bo", "sent", 1)]
    assert stored().last_error == "550 b'no such person'"
    assert sink.connections == 1


def test_a_refused_text_fails_for_good(sink: Sink) -> None:
    sink.of_text["ada@example.org"] = "554 looks like spam"
    enqueue("ada")
    worker.deliver_due()
    assert states() == [("ada", "failed", 1)]


@pytest.mark.parametrize("step", ["of_recipient", "of_text"])
def test_a_server_that_is_busy_gets_the_letter_later_with_the_same_message_id(
    sink: Sink, step: str
) -> None:
    getattr(sink, step)["ada@example.org"] = "451 try again"
    enqueue("ada", "bo")
    assert worker.deliver_due() == 1
    assert states() == [("ada", "queued", 1), ("bo", "sent", 1)]
    assert stored().due_at > now() + timedelta(seconds=10)
    getattr(sink, step).clear()
    with transaction():
        db.session.execute(sa.update(OutboxLetter).values(due_at=now()))
    assert worker.deliver_due() == 1
    assert sink.ids()[-1] == stored().message_id


def test_a_letter_that_cannot_be_written_fails_and_stops_nobody_else(sink: Sink) -> None:
    with transaction():
        service.enqueue(
            a_letter("ada", template="no/such/letter"),
            a_letter("bo", context={}),
            a_letter("cy", to_address="nowhere"),
            a_letter("di"),
        )
    assert worker.deliver_due() == 1
    assert [state for _name, state, _attempts in states()] == ["failed", "failed", "failed", "sent"]
    assert stored("bo").last_error.startswith("UndefinedError")
    assert len(sink.mails) == 1


def test_a_mail_server_that_is_down_costs_no_letter_an_attempt(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(Sink()) as gone:
        pass
    settings = replace(app.extensions["settings"], mail_url=gone.url)
    monkeypatch.setitem(app.extensions, "settings", settings)
    enqueue("ada", "bo")
    with pytest.raises(MailServerDown):
        worker.deliver_due()
    assert states() == [("ada", "queued", 0), ("bo", "queued", 0)]
    assert "Connection refused" in stored().last_error
    assert service.seconds_until_due(9.0) == 0.0


def test_a_connection_that_was_cut_is_opened_anew(sink: Sink) -> None:
    enqueue("ada")
    transport = Smtp(sink.url)
    letter = stored()
    transport.send(letter)
    connection = transport._connection
    assert connection is not None
    assert connection.sock is not None
    connection.sock.shutdown(socket.SHUT_RDWR)
    with pytest.raises(SMTPServerDisconnected):
        transport.send(letter)
    transport.send(letter)
    transport.close()
    assert (len(sink.mails), sink.connections) == (2, 2)


def test_letters_whose_lease_is_running_out_are_left_to_whoever_claims_them_next(
    app: Flask, monkeypatch: pytest.MonkeyPatch, sink: Sink
) -> None:
    sink.pause = 0.2
    lease = timedelta(seconds=0.5)
    settings = replace(app.extensions["settings"], letter_lease=lease)
    monkeypatch.setitem(app.extensions, "settings", settings)
    enqueue("ada", "bo", "cy", "di")
    claims: list[int] = []
    claim = service.claim

    def noted_claim() -> list[OutboxLetter]:
        found = claim()
        claims.append(len(found))
        return found

    monkeypatch.setattr(service, "claim", noted_claim)
    assert worker.deliver_due() == 4
    assert (claims[0], claims[-1], len(claims) > 2, claims) == (
        4,
        0,
        True,
        sorted(claims, reverse=True),
    )
    assert len(sink.mails) == 4
    assert states() == [(name, "sent", 1) for name in ("ada", "bo", "cy", "di")]


def test_a_mailbox_keeps_letters_without_sending_them(app: Flask) -> None:
    assert app.extensions["settings"].mail_url == "mailbox:"
    enqueue("ada")
    assert worker.deliver_due() == 1
    assert states() == [("ada", "sent", 1)]


def test_a_stopped_worker_gives_back_what_it_had_claimed(sink: Sink) -> None:
    stop = threading.Event()
    enqueue("ada", "bo")
    with transaction():
        claimed = service.claim()
        for letter in claimed:
            db.session.expunge(letter)
    stop.set()
    assert worker._deliver_claimed(claimed, Smtp(sink.url), stop) == 0
    assert (states(), sink.mails) == ([("ada", "queued", 0), ("bo", "queued", 0)], [])


def test_chores_are_run_again_while_they_have_more_to_do_and_none_stops_another() -> None:
    calls: list[str] = []

    def broken() -> int:
        calls.append("broken")
        raise LookupError

    def three_times() -> bool:
        calls.append("good")
        return calls.count("good") < 3

    worker.do_chores([broken, three_times])
    assert calls == ["broken", "good", "good", "good"]


def test_the_worker_delivers_soon_after_a_letter_was_written_and_stops_when_told(
    sink: Sink, app: Flask
) -> None:
    enqueue("ada")
    stop = threading.Event()
    chores: list[int] = []

    def stop_after_first_round() -> None:
        chores.append(1)
        stop.set()

    started = monotonic()
    worker.run(app, [stop_after_first_round], stop)
    assert (len(sink.mails), chores) == (1, [1])
    assert monotonic() - started < 5


def test_the_worker_survives_whatever_happens(
    app: Flask, monkeypatch: pytest.MonkeyPatch, sink: Sink
) -> None:
    enqueue("ada")
    stop = threading.Event()
    monkeypatch.setattr(worker, "ERROR_SECONDS", 0.01)
    troubles = iter(
        [RuntimeError("bug"), MailServerDown("down"), sa.exc.OperationalError("", {}, Exception())]
    )
    deliver_due = worker.deliver_due

    def troubled(stop: threading.Event) -> int:
        trouble = next(troubles, None)
        if trouble is not None:
            raise trouble
        stop.set()
        return deliver_due()

    monkeypatch.setattr(worker, "deliver_due", troubled)
    worker.run(app, [], stop)
    assert len(sink.mails) == 1
