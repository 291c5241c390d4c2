"""What a page says when something is wrong, and what the log does not say."""

import logging
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventmgr import create_app
from eventmgr.db import db
from eventmgr.settings import load_settings
from eventmgr.web.access import public
from tests.accounts.office import sign_in
from tests.factories import an_event

SECRET = "mytokenmytokenmytoken"


def test_an_exception_is_logged_without_the_secret_of_the_address(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(load_settings(data_dir=tmp_path, run_worker=False))

    @public
    def failing(token: str) -> str:
        raise RuntimeError("broken")

    app.add_url_rule("/mine/<token>", "failing", failing)
    with caplog.at_level(logging.INFO):
        answer = app.test_client().get(f"/mine/{SECRET}", headers={"Accept-Language": "en"})
    assert (answer.status_code, "Something went wrong" in answer.text) == (500, True)
    assert ["Exception in failing [GET]" in caplog.text, SECRET in caplog.text] == [True, False]


def test_an_error_of_the_database_tells_no_values(app: Flask) -> None:
    with app.app_context(), pytest.raises(Exception, match="no_such_table") as caught:
        db.session.execute(db.text("SELECT 1 FROM no_such_table WHERE a = :a"), {"a": SECRET})
    assert ["hidden due to hide_parameters" in str(caught.value), SECRET in str(caught.value)] == [
        True,
        False,
    ]


def test_what_no_database_stores_is_a_request_that_makes_no_sense(app: Flask) -> None:
    """SQLite would take it; where the database refuses, the page says so."""

    @public
    def asking() -> str:
        return str(db.session.scalar(db.text("SELECT :text"), {"text": "a\0b"}))

    codes = {"sqlite": 200, "postgresql": 400}
    app.view_functions["home.imprint"], kept = asking, app.view_functions["home.imprint"]
    try:
        answer = app.test_client().get("/imprint")
    finally:
        app.view_functions["home.imprint"] = kept
    with app.app_context():
        assert answer.status_code == codes[db.engine.dialect.name]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/manage/events?series=%00", 200),
        ("/manage/events/new?series=%00", 200),
        ("/manage/events?page=" + "9" * 5_000, 200),
    ],
)
def test_a_nonsensical_filter_of_the_desk_is_no_error(
    app: Flask, client: FlaskClient, path: str, code: int
) -> None:
    assert sign_in(app, client).get(path).status_code == code


def test_a_door_takes_no_hidden_characters_into_its_name(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        slug = an_event().slug
    olga = sign_in(app, client)
    answer = olga.post(f"/manage/events/{slug}/door/links", data={"name": "North\0 door"})
    assert (answer.status_code, "North door" in olga.get(answer.location).text) == (303, True)
