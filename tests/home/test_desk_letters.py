"""Letters on the desk and in the mailbox of the demonstration."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventmgr.accounts import history
from eventmgr.clock import now
from eventmgr.db import db, transaction
from eventmgr.home import letter_pages
from eventmgr.mail.models import LetterState, OutboxLetter
from tests.accounts.office import sign_in
from tests.factories import an_event
from tests.registration import people
from tests.statements import counted

TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates"
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def olga(app: Flask, client: FlaskClient) -> FlaskClient:
    """A browser in which Olga of the project office is signed in."""
    return sign_in(app, client)


@pytest.fixture
def visitor(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """A visitor of a demonstration."""
    monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], demo=True))
    return client


def a_letter(app: Flask, state: LetterState = LetterState.QUEUED, error: str = "") -> int:
    """Arrange a letter to Ada about her confirmed place; return its id."""
    with app.app_context():
        event = an_event(title={"en": "Chips"})
        with transaction():
            db.session.query(OutboxLetter).delete()
        people.a_confirmed(event, email=f"ada-{event.id}@example.org")
        with transaction():
            letter = db.session.query(OutboxLetter).order_by(OutboxLetter.id.desc()).first()
            assert letter is not None
            letter.state, letter.last_error = state, error
            return letter.id


def test_each_kind_of_letter_has_a_name() -> None:
    subjects = TEMPLATES.glob("*/letters/*.subject.txt")
    kinds = {str(path.relative_to(TEMPLATES)).removesuffix(".subject.txt") for path in subjects}
    assert set(letter_pages.NAMES) == kinds


def test_the_list_says_who_gets_what_and_why_it_failed(app: Flask, olga: FlaskClient) -> None:
    a_letter(app, LetterState.FAILED, "550 no such mailbox")
    page = olga.get("/manage/letters?state=failed", headers=ENGLISH).text
    for text in ("Ada Lovelace", "Ticket", "Did not arrive", "550 no such mailbox", "1 to 1 of 1"):
        assert text in page


@pytest.mark.parametrize(("state", "listed"), [("failed", 1), ("sent", 0), ("nonsense", 1)])
def test_the_list_is_filtered_by_state(
    app: Flask, olga: FlaskClient, state: str, listed: int
) -> None:
    letter_id = a_letter(app, LetterState.FAILED)
    with app.app_context(), transaction():
        db.session.query(OutboxLetter).filter(OutboxLetter.id != letter_id).delete()
    page = olga.get(f"/manage/letters?state={state}").text
    assert page.count(f'href="/manage/letters/{letter_id}"') == listed


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999999999999", "²"])
def test_a_page_that_makes_no_sense_is_no_error(olga: FlaskClient, page: str) -> None:
    assert olga.get("/manage/letters", query_string={"page": page}).status_code == 200


def test_letters_are_paged(app: Flask, olga: FlaskClient) -> None:
    with app.app_context():
        event = an_event()
        for number in range(51):
            people.sign_up(event, f"{number}@example.org")
    pages = [olga.get(f"/manage/letters?page={page}", headers=ENGLISH).text for page in (1, 2)]
    assert ["1 to 50 of 51" in pages[0], "51 to 51 of 51" in pages[1]] == [True, True]


def test_a_failed_letter_is_sent_again(app: Flask, olga: FlaskClient) -> None:
    letter_id = a_letter(app, LetterState.FAILED, "550 no such mailbox")
    answer = olga.post(f"/manage/letters/{letter_id}/send-again")
    assert (answer.status_code, answer.location) == (303, f"/manage/letters/{letter_id}")
    with app.app_context():
        letter = db.session.get_one(OutboxLetter, letter_id)
        assert (letter.state, letter.attempts, letter.last_error) == (LetterState.QUEUED, 0, "")
        about = int(letter.about.partition(":")[2])
        [line, *_older] = history.changes_of("registration", about)
        assert (line.what, line.actor.partition(":")[0]) == ("letter sent again", "account")


@pytest.mark.parametrize("state", [LetterState.SENT, LetterState.FAILED])
def test_a_letter_whose_text_was_deleted_cannot_be_sent_again(
    app: Flask, olga: FlaskClient, state: LetterState
) -> None:
    letter_id = a_letter(app, state)
    with app.app_context(), transaction():
        letter = db.session.get_one(OutboxLetter, letter_id)
        letter.context, letter.sent_at = {}, now()
    page = olga.get(f"/manage/letters/{letter_id}", headers=ENGLISH)
    assert [page.status_code, "Send again" in page.text, "was deleted" in page.text] == [
        200,
        False,
        True,
    ]
    assert olga.get(f"/manage/letters/{letter_id}/html").status_code == 404
    olga.post(f"/manage/letters/{letter_id}/send-again")
    assert "was deleted" in olga.get(f"/manage/letters/{letter_id}", headers=ENGLISH).text
    with app.app_context():
        assert db.session.get_one(OutboxLetter, letter_id).state is state


def test_a_letter_that_waits_is_not_queued_twice(app: Flask, olga: FlaskClient) -> None:
    letter_id = a_letter(app)
    with app.app_context(), transaction():
        db.session.get_one(OutboxLetter, letter_id).attempts = 3
    olga.post(f"/manage/letters/{letter_id}/send-again")
    with app.app_context():
        assert db.session.get_one(OutboxLetter, letter_id).attempts == 3


def test_one_letter_shows_its_text_and_what_became_of_it(app: Flask, olga: FlaskClient) -> None:
    letter_id = a_letter(app, LetterState.FAILED, "550 no such mailbox")
    page = olga.get(f"/manage/letters/{letter_id}", headers=ENGLISH).text
    for text in ("Chips", "550 no such mailbox", "Send again", "/my/"):
        assert text in page


def test_a_letter_as_its_reader_sees_it_may_do_nothing(app: Flask, olga: FlaskClient) -> None:
    letter_id = a_letter(app)
    answer = olga.get(f"/manage/letters/{letter_id}/html")
    policy = answer.headers["Content-Security-Policy"]
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert policy.startswith("sandbox")
    assert ["script-src" in policy, "default-src 'none'" in policy] == [False, True]
    assert ["cid:qr" in answer.text, "data:image/png;base64," in answer.text] == [False, True]


def test_a_letter_whose_template_is_gone_says_so_and_opens_no_error(
    app: Flask, olga: FlaskClient
) -> None:
    letter_id = a_letter(app)
    with app.app_context(), transaction():
        db.session.get_one(OutboxLetter, letter_id).template = "home/letters/gone"
    page = olga.get(f"/manage/letters/{letter_id}", headers=ENGLISH)
    assert (page.status_code, "This letter cannot be written" in page.text) == (200, True)
    assert olga.get(f"/manage/letters/{letter_id}/html").status_code == 404


@pytest.mark.parametrize(
    "path", ["/manage/letters/1", "/manage/letters/1/html", "/manage/letters/99999999999"]
)
def test_a_letter_that_is_not_there_is_a_404(olga: FlaskClient, path: str) -> None:
    assert olga.get(path).status_code == 404


@pytest.mark.parametrize("path", ["", "/1", "/1/html", "/1/event.ics"])
def test_outside_the_demonstration_there_is_no_mailbox(
    app: Flask, client: FlaskClient, path: str
) -> None:
    a_letter(app)
    assert client.get(f"/demo/mailbox{path}").status_code == 404


def test_the_mailbox_lists_letters_with_their_subjects(app: Flask, visitor: FlaskClient) -> None:
    letter_id = a_letter(app)
    page = visitor.get("/demo/mailbox", headers=ENGLISH).text
    assert f'href="/demo/mailbox/{letter_id}"' in page
    assert "Chips" in page


@pytest.mark.parametrize(
    ("to", "listed"), [("ADA-", 1), ("lovelace", 1), ("%", 0), ("nobody", 0), ("\x00", 1)]
)
def test_the_mailbox_finds_letters_by_reader(
    app: Flask, visitor: FlaskClient, to: str, listed: int
) -> None:
    letter_id = a_letter(app)
    page = visitor.get("/demo/mailbox", query_string={"to": to}).text
    assert page.count(f'href="/demo/mailbox/{letter_id}"') == listed


def test_a_newcomer_follows_the_letter_to_the_personal_page(
    app: Flask, visitor: FlaskClient
) -> None:
    letter_id = a_letter(app)
    page = visitor.get(f"/demo/mailbox/{letter_id}", headers=ENGLISH).text
    html = visitor.get(f"/demo/mailbox/{letter_id}/html").text
    assert ['href="http://localhost:8000/my/' in text for text in (page, html)] == [True, True]


def test_the_calendar_part_is_a_file_to_open(app: Flask, visitor: FlaskClient) -> None:
    letter_id = a_letter(app)
    answer = visitor.get(f"/demo/mailbox/{letter_id}/event.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="event.ics"'
    assert answer.text.startswith("BEGIN:VCALENDAR")


def test_a_letter_without_calendar_has_no_such_file(app: Flask, visitor: FlaskClient) -> None:
    with app.app_context():
        people.sign_up(an_event())
        letter_id = db.session.query(OutboxLetter.id).scalar()
    assert visitor.get(f"/demo/mailbox/{letter_id}/event.ics").status_code == 404


@pytest.mark.parametrize("address", ["/manage/letters", "/demo/mailbox"])
def test_a_list_of_letters_asks_as_much_for_three_as_for_one(
    app: Flask, olga: FlaskClient, visitor: FlaskClient, address: str
) -> None:
    sent = []
    for more in (1, 2):
        with app.app_context():
            event = an_event()
            for number in range(more):
                people.sign_up(event, f"{number}@example.org")
            counting = counted()
            statements = counting.__enter__()
        assert olga.get(address).status_code == 200
        with app.app_context():
            counting.__exit__(None, None, None)
        sent.append(len(statements))
    assert sent[0] == sent[1]
