"""How many sign-ups one network may send within an hour."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from eventmgr.accounts import tries
from eventmgr.accounts.models import Attempt
from eventmgr.clock import now
from eventmgr.db import db, transaction
from tests.factories import an_event

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def slug(app: Flask, monkeypatch: pytest.MonkeyPatch) -> str:
    """Let a network send two sign-ups an hour, for an event."""
    settings = replace(app.extensions["settings"], sign_ups_per_hour=2)
    monkeypatch.setitem(app.extensions, "settings", settings)
    with app.app_context():
        return an_event().slug


def send(client: FlaskClient, slug: str, name: str, *, address: str = "192.0.2.7") -> int:
    """Sign somebody up from a network; return the status."""
    typed = {"name": name.title(), "email": f"{name}@example.org", "group": "science"}
    answer = client.post(
        f"/events/{slug}/sign-up",
        data=typed,
        headers=ENGLISH,
        environ_base={"REMOTE_ADDR": address},
    )
    return answer.status_code


def test_a_network_that_sends_too_many_must_wait_and_others_need_not(
    app: Flask, client: FlaskClient, slug: str
) -> None:
    sent = [send(client, slug, name) for name in ("ada", "bo", "cy")]
    other = send(client, slug, "di", address="192.0.2.8")
    assert (sent, other) == ([303, 303, 429], 303)
    with app.app_context():
        assert db.session.query(Attempt.failures).order_by(Attempt.id).all() == [(2,), (1,)]


def test_everything_typed_is_kept_and_the_time_to_wait_is_said(
    client: FlaskClient, slug: str
) -> None:
    for name in ("ada", "bo"):
        send(client, slug, name)
    typed = {"name": "Cy Twombly", "email": "cy@example.org", "organisation": "Art & Co"}
    answer = client.post(
        f"/events/{slug}/sign-up",
        data=typed | {"group": "science"},
        headers=ENGLISH,
        environ_base={"REMOTE_ADDR": "192.0.2.7"},
    )
    assert (answer.status_code, 3_590 < int(answer.headers["Retry-After"]) <= 3_600) == (429, True)
    assert "Press the button again in 60 minutes" in answer.text
    kept = [text in answer.text for text in ("Cy Twombly", "cy@example.org", "Art &amp; Co")]
    assert kept == [True, True, True]


def test_after_an_hour_counting_begins_anew(app: Flask, client: FlaskClient, slug: str) -> None:
    for name in ("ada", "bo", "cy"):
        send(client, slug, name)
    with app.app_context(), transaction():
        db.session.execute(sa.update(Attempt).values(blocked_until=now() - timedelta(seconds=1)))
    assert [send(client, slug, name) for name in ("cy", "di", "ed")] == [303, 303, 429]


def test_what_is_incomplete_or_looked_at_is_not_counted(
    app: Flask, client: FlaskClient, slug: str
) -> None:
    for _again in range(3):
        assert client.post(f"/events/{slug}/sign-up", data={"name": "Ada"}).status_code == 422
        assert client.get(f"/events/{slug}/sign-up").status_code == 200
    with app.app_context():
        assert db.session.query(Attempt).count() == 0


def test_any_number_comes_where_no_limit_is_set(
    app: Flask, client: FlaskClient, slug: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = replace(app.extensions["settings"], sign_ups_per_hour=0)
    monkeypatch.setitem(app.extensions, "settings", settings)
    assert [send(client, slug, name) for name in ("ada", "bo", "cy")] == [303, 303, 303]
    with app.app_context():
        assert db.session.query(Attempt).count() == 0


def test_networks_are_forgotten_after_a_day(app: Flask, client: FlaskClient, slug: str) -> None:
    send(client, slug, "ada")
    send(client, slug, "bo", address="192.0.2.8")
    with app.app_context():
        with transaction():
            first = sa.select(sa.func.min(Attempt.id)).scalar_subquery()
            old = sa.update(Attempt).where(Attempt.id == first)
            db.session.execute(old.values(last_at=now() - timedelta(days=1, minutes=1)))
        with transaction():
            assert (tries.forget_old_tries(), tries.forget_old_tries()) == (1, 0)
        assert db.session.query(Attempt).count() == 1
