"""Many at once: guesses at a password, clicks on a one-time link."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventmgr.accounts import service, tries
from eventmgr.accounts.models import Account
from eventmgr.clock import now
from eventmgr.db import db, transaction
from tests.accounts.office import EMAIL, PASSWORD, an_account
from tests.databases import Database, app_on

pytestmark = pytest.mark.race

AT_ONCE = 16


@pytest.fixture
def shared_app(database: Database) -> Iterator[Flask]:
    """Return an app on a database of its own that several threads can use."""
    app = app_on(database.fresh_url(), database.folder)
    yield app
    with app.app_context():
        db.engine.dispose()


def all_at_once(app: Flask, act: Callable[[FlaskClient], int]) -> Counter[int]:
    """Let sixteen browsers act in the same moment; count the status codes."""
    gate = Barrier(AT_ONCE)

    def run(_number: int) -> int:
        client = app.test_client()
        gate.wait()
        return act(client)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return Counter(pool.map(run, range(AT_ONCE)))


def test_of_sixteen_parallel_guesses_six_are_answered(
    shared_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = now()
    monkeypatch.setattr(tries, "now", lambda: moment)
    with shared_app.app_context():
        an_account()
    form = {"email": EMAIL, "password": "falsch geraten, leider"}
    codes = all_at_once(
        shared_app, lambda client: client.post("/account/sign-in", data=form).status_code
    )
    right = shared_app.test_client().post("/account/sign-in", data={**form, "password": PASSWORD})
    assert (codes, right.status_code) == ({422: 6, 429: 10}, 429)


def test_of_sixteen_clicks_on_one_link_one_signs_in(shared_app: Flask) -> None:
    with shared_app.app_context():
        account_id = an_account()
        with transaction():
            link = service.make_sign_in_link(db.session.get_one(Account, account_id))
    path = "/account/" + link.partition("/account/")[2]
    codes = all_at_once(shared_app, lambda client: client.post(path).status_code)
    assert codes == {303: 1, 410: 15}
