"""The report of a barrier reaches the office once, and nothing that was typed gets lost."""

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from eventmgr.db import db
from eventmgr.mail import delivery
from eventmgr.mail.models import OutboxLetter
from tests.public_pages import ENGLISH

FORM = "/accessibility/report"
REPORT = {"what": "The menu cannot be opened <b>", "page": "/events", "email": "ada@example.org"}


def letters(app: Flask) -> list[OutboxLetter]:
    with app.app_context():
        return list(db.session.scalars(sa.select(OutboxLetter)))


def test_a_report_becomes_a_letter_to_the_office(app: Flask, client: FlaskClient) -> None:
    answer = client.post(FORM, data=REPORT)
    assert (answer.status_code, answer.location) == (303, "/accessibility/reported")
    (letter,) = letters(app)
    assert (letter.to_address, letter.language) == ("projektbuero@eventmgr.example", "de")
    assert letter.context == REPORT


def test_the_letter_shows_what_was_typed_as_text(app: Flask, client: FlaskClient) -> None:
    client.post(FORM, data=REPORT)
    (letter,) = letters(app)
    with app.app_context():
        rendered = delivery.render(letter)
    assert "The menu cannot be opened <b>" in rendered.text
    assert "The menu cannot be opened &lt;b&gt;" in rendered.html
    assert "ada@example.org" in rendered.text
    assert "The menu cannot be opened" in rendered.subject


def test_the_same_report_sent_twice_is_one_letter(app: Flask, client: FlaskClient) -> None:
    client.post(FORM, data=REPORT)
    client.post(FORM, data=REPORT)
    assert len(letters(app)) == 1


def test_address_and_page_are_up_to_the_reader(app: Flask, client: FlaskClient) -> None:
    assert client.post(FORM, data={"what": "Kontrast"}).status_code == 303
    assert letters(app)[0].context == {"what": "Kontrast", "page": "", "email": ""}


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"what": "  "}, "Tell us what did not work"),
        ({"email": "ada@"}, "Write the whole address"),
        ({"what": "x" * 4_001}, "Shorten your text to 4000 characters"),
        ({"page": "x" * 501}, "Shorten the address to 500 characters"),
    ],
)
def test_what_is_wrong_stands_beside_the_field_and_nothing_typed_is_lost(
    app: Flask, client: FlaskClient, wrong: dict[str, str], message: str
) -> None:
    answer = client.post(FORM, data={**REPORT, **wrong}, headers=ENGLISH)
    assert answer.status_code == 422
    assert message in answer.text
    assert all(
        wrong.get(name, text).replace("<b>", "") in answer.text.replace("&lt;b&gt;", "")
        for name, text in REPORT.items()
    )
    assert letters(app) == []


def test_characters_that_no_database_takes_are_left_out(app: Flask, client: FlaskClient) -> None:
    client.post(FORM, data={"what": "Nul\x00 hier\r\nund Zeile zwei"})
    assert letters(app)[0].context["what"] == "Nul hier\r\nund Zeile zwei"


def test_the_form_can_be_opened_for_a_page(client: FlaskClient) -> None:
    answer = client.get(f"{FORM}?page=/events/werkstatt", headers=ENGLISH)
    assert 'value="/events/werkstatt"' in answer.text
