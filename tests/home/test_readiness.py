"""`/readyz` says whether the database fits and letters go out."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from eventmgr.clock import now
from eventmgr.db import db, transaction
from eventmgr.mail import service as mail
from eventmgr.mail.models import OutboxLetter
from tests.mail.outbox import enqueue, stored


def test_a_fresh_installation_is_ready(client: FlaskClient) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})


@pytest.mark.parametrize(
    "statement", ["DELETE FROM alembic_version", "UPDATE alembic_version SET version_num = '0001'"]
)
def test_a_database_of_another_version_is_not_ready(
    app: Flask, client: FlaskClient, statement: str
) -> None:
    with app.app_context():
        kept = db.session.scalar(sa.text("SELECT version_num FROM alembic_version"))
        with transaction():
            db.session.execute(sa.text(statement))
    try:
        answer = client.get("/readyz")
    finally:
        with app.app_context(), transaction():
            db.session.execute(sa.text("DELETE FROM alembic_version"))
            put_back = sa.text("INSERT INTO alembic_version VALUES (:kept)")
            db.session.execute(put_back, {"kept": kept})
    assert (answer.status_code, "eventmgr upgrade" in answer.text) == (503, True)


@pytest.mark.parametrize(("minutes", "code"), [(59, 200), (61, 503)])
def test_letters_that_wait_for_an_hour_are_a_problem(
    app: Flask, client: FlaskClient, minutes: int, code: int
) -> None:
    with app.app_context():
        enqueue("ada")
        with transaction():
            due = sa.update(OutboxLetter).values(due_at=now() - timedelta(minutes=minutes))
            db.session.execute(due)
    answer = client.get("/readyz")
    assert (answer.status_code, "letters wait" in answer.text) == (code, code == 503)
    with app.app_context():
        letter_id = stored("ada").id
        with transaction():
            mail.mark_sent(letter_id)
    assert client.get("/readyz").status_code == 200
