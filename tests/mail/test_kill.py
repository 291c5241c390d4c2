"""The worker is killed in the middle of its work, again and again."""

import multiprocessing
import time
from collections import Counter
from datetime import timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from flask import Flask

from eventmgr import create_app
from eventmgr.db import db, transaction
from eventmgr.mail import service, worker
from eventmgr.settings import load_settings
from tests.databases import Database, app_on
from tests.mail.outbox import a_letter, states
from tests.mail.sink import Sink, running

LETTERS = 500
KILLS = 12
LEASE = timedelta(seconds=1)
PATIENCE = 60.0


def work(database_url: str, mail_url: str, folder: str) -> None:
    """Deliver until killed: the worker as a process of its own."""
    settings = load_settings(
        database_url=database_url,
        mail_url=mail_url,
        data_dir=Path(folder),
        letter_lease=LEASE,
        secret_key="x" * 40,
    )
    app = create_app(settings)
    with app.app_context():
        while True:
            worker.deliver_due()
            time.sleep(0.02)


def wait_for(sink: Sink, count: int, process: BaseProcess) -> None:
    give_up = time.monotonic() + PATIENCE
    while len(sink.mails) < count:
        assert process.is_alive(), "the worker died by itself"
        assert time.monotonic() < give_up, f"stuck after {len(sink.mails)} letters"
        time.sleep(0.005)


@pytest.mark.race
def test_of_500_letters_none_is_lost_and_only_those_in_flight_come_twice(
    database: Database, tmp_path: Path
) -> None:
    url = database.fresh_url()
    app = app_on(url, tmp_path)
    with app.app_context(), transaction():
        written = [a_letter(f"reader-{number}") for number in range(LETTERS)]
        assert service.enqueue(*written) == LETTERS
    # Workers are forked from a process that has read all code already, so that each starts at once.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.mail.test_kill"])
    with running(Sink(pause=0.001)) as sink:
        for kill in range(KILLS + 1):
            process = context.Process(target=work, args=(url, sink.url, str(tmp_path)), daemon=True)
            process.start()
            is_last = kill == KILLS
            wait_for(sink, LETTERS if is_last else (kill + 1) * LETTERS // (KILLS + 2), process)
            if is_last:
                _wait_until_marked(app)
            process.kill()
            process.join()
        times = Counter(sink.ids())
    assert len(times) == LETTERS, "some were lost"
    assert sum(times.values()) - LETTERS <= KILLS
    with app.app_context():
        assert {state for _name, state, _attempts in states()} == {"sent"}
        db.engine.dispose()


def _wait_until_marked(app: Flask) -> None:
    give_up = time.monotonic() + PATIENCE
    with app.app_context():
        while service.queue_state().queued:
            db.session.rollback()
            assert time.monotonic() < give_up
            time.sleep(0.02)
        db.session.rollback()
