"""The list as a file: readable by spreadsheets, harmless in them."""

import csv
import io

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventmgr.db import db, transaction
from eventmgr.programme.models import Event
from eventmgr.registration import secrets
from eventmgr.registration.export import safe_cell
from eventmgr.registration.models import Question
from tests.accounts.office import sign_in
from tests.factories import Column, an_event
from tests.registration import people

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def olga(app: Flask, client: FlaskClient) -> FlaskClient:
    """A browser in which Olga of the project office is signed in."""
    return sign_in(app, client)


def rows(client: FlaskClient, address: str) -> list[list[str]]:
    """Fetch the file and read it as a spreadsheet does."""
    answer = client.get(address, headers=ENGLISH)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    text = answer.data.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def an_address(app: Flask, **values: Column) -> str:
    """Arrange an event; return the address of its file."""
    with app.app_context():
        return f"/manage/events/{an_event(**values).slug}/registrations/export.csv"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_cell_is_a_formula(start: str) -> None:
    assert safe_cell(f"{start}cmd|'/c calc'!A1") == f"'{start}cmd|'/c calc'!A1"


@pytest.mark.parametrize("text", ["", "Ada", "a=b", "x@example.org", "'quoted", " =1"])
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert safe_cell(text) == text


def test_the_file_begins_with_a_mark_that_says_utf_8(app: Flask, olga: FlaskClient) -> None:
    answer = olga.get(an_address(app, slug="chips"))
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="chips.csv"'


def test_what_people_typed_comes_back_whole(app: Flask, olga: FlaskClient) -> None:
    address = an_address(app)
    names = [
        '=HYPERLINK("https://evil.example")',
        'Ada; "die Erste"',
        "Łucja 中村 🚀",
        "Zeile\nzwei",
    ]
    with app.app_context():
        event = db.session.query(Event).one()
        for number, name in enumerate(names):
            people.a_confirmed(event, f"{number}@example.org", name=name)
    found = {row[2]: row[0] for row in rows(olga, address)[1:]}
    assert found == {
        "0@example.org": "'" + names[0],
        "1@example.org": names[1],
        "2@example.org": names[2],
        "3@example.org": names[3],
    }


def test_each_row_says_who_stands_where_in_words(app: Flask, olga: FlaskClient) -> None:
    address = an_address(app)
    with app.app_context():
        event = db.session.query(Event).one()
        with transaction():
            db.session.add(Question(event_id=event.id, label={"en": "=Why?"}))
        question_id = db.session.query(Question.id).scalar()
        ada = people.a_confirmed(
            event, group="science", organisation="-TU", answers={str(question_id): "+1"}
        )
        code = secrets.readable(ada.short_code)
    head, row = rows(olga, address)
    named = dict(zip(head, row, strict=True))
    assert (named["Group"], named["Status"], named["Short code"]) == ("Science", "Confirmed", code)
    assert (named["Organisation"], named["'=Why?"]) == ("'-TU", "'+1")


def test_needs_are_in_it_only_where_they_are_asked_for(app: Flask, olga: FlaskClient) -> None:
    address = an_address(app, asks_diet=True, asks_assistance=True)
    with app.app_context():
        event = db.session.query(Event).one()
        people.sign_up(event, diet="vegan", assistance="wheelchair")
    without, with_needs = rows(olga, address), rows(olga, f"{address}?needs=1")
    assert ["Diet" in without[0], "vegan" in without[1]] == [False, False]
    assert (with_needs[0][-2:], with_needs[1][-2:]) == (
        ["Diet", "Assistance"],
        ["vegan", "wheelchair"],
    )


def test_the_file_holds_those_that_pass_the_filters(app: Flask, olga: FlaskClient) -> None:
    address = an_address(app)
    with app.app_context():
        event = db.session.query(Event).one()
        people.sign_up(event, "a@example.org", name="Ada")
        people.a_confirmed(event, "b@example.org", name="Bo")
    assert [row[0] for row in rows(olga, f"{address}?status=pending")[1:]] == ["Ada"]
