"""How the tests of public pages read them: in English, without a cookie, counting statements."""

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from eventmgr.db import db

ENGLISH = {"Accept-Language": "en"}


def read(client: FlaskClient, address: str) -> str:
    """Return the page in English; it must be there, without a cookie and lighter than 100 kB."""
    response = client.get(address, headers=ENGLISH)
    assert (response.status_code, response.headers.get("Set-Cookie")) == (200, None)
    assert len(response.data) < 100_000
    return response.get_data(as_text=True)


def statements_of(app: Flask, client: FlaskClient, address: str) -> int:
    """Return how many statements a page takes that nobody has asked for before."""
    with app.app_context():
        engine = db.engine
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if not statement.startswith("BEGIN"):
            statements.append(statement)

    app.extensions["page_cache"].forget_version()
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        read(client, address)
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
    return len(statements)
