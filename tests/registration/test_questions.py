"""The office decides what everybody who signs up is asked."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventmgr.accounts import history
from eventmgr.db import transaction
from eventmgr.programme.queries import event_by_slug
from eventmgr.registration import questions
from eventmgr.registration.models import QuestionKind
from eventmgr.registration.queries import questions_of
from tests.accounts.office import sign_in
from tests.factories import an_event
from tests.programme.pages import Desk
from tests.registration import people

PATH = "/manage/events/one/questions"
TRAIN = {
    "label__de": "Kommen Sie mit der Bahn?",
    "kind": "choice",
    "choices": "Ja\r\nNein\r\nJa\r\n",
}


@pytest.fixture
def olga(app: Flask, client: FlaskClient) -> Desk:
    """Return the browser of somebody from the office, and arrange an event."""
    with app.app_context():
        an_event(slug="one")
    return Desk(sign_in(app, client))


def asked(app: Flask) -> list[tuple[str, QuestionKind, list[str], bool]]:
    """Return what the event asks, in order."""
    with app.app_context():
        event = event_by_slug("one")
        assert event is not None
        return [(q.label["de"], q.kind, q.choices, q.is_required) for q in questions_of(event.id)]


def ids(app: Flask) -> list[int]:
    """Return the keys of the questions in order."""
    with app.app_context():
        event = event_by_slug("one")
        assert event is not None
        return [question.id for question in questions_of(event.id)]


def test_questions_are_added_once_each(app: Flask, olga: Desk) -> None:
    page = olga.open(PATH)
    for _ in range(2):
        olga.send(PATH, page, **TRAIN, is_required="y")
    olga.send(PATH, page, label__de="Ihr Anliegen?", kind="text", choices="bleibt leer")
    assert asked(app) == [
        ("Kommen Sie mit der Bahn?", QuestionKind.CHOICE, ["Ja", "Nein"], True),
        ("Ihr Anliegen?", QuestionKind.TEXT, [], False),
    ]


def test_a_choice_needs_two_things_to_choose_from(app: Flask, olga: Desk) -> None:
    page = olga.send(PATH, olga.open(PATH), **{**TRAIN, "choices": "Ja"})
    assert page.errors == ["Write at least two choices, each in its own line."]
    assert (page.status, page.fields["label-de"]) == (422, TRAIN["label__de"])
    assert asked(app) == []


def test_a_question_is_changed(app: Flask, olga: Desk) -> None:
    olga.send(PATH, olga.open(PATH), **TRAIN)
    path = f"{PATH}/{ids(app)[0]}"
    page = olga.open(path)
    assert page.fields["choices"] == "Ja\nNein"
    olga.send(path, page, label__fr="Venez-vous en train ?", choices="Ja\nNein\nNoch offen")
    assert asked(app)[0][2] == ["Ja", "Nein", "Noch offen"]
    assert "Question changed" in olga.open("/manage/events/one").words


def test_somebody_elses_change_is_told_first(app: Flask, olga: Desk) -> None:
    olga.send(PATH, olga.open(PATH), **TRAIN)
    path = f"{PATH}/{ids(app)[0]}"
    page = olga.open(path)
    with app.app_context(), history.acting_as("cli"), transaction():
        event = event_by_slug("one")
        assert event is not None
        found = questions_of(event.id)[0]
        questions.save_question(event, found, label={"de": "Von anderen"})
    told = olga.send(path, page, label__de="Meins")
    assert (told.status, told.fields["label-de"]) == (409, "Meins")
    assert asked(app)[0][0] == "Von anderen"


def test_the_order_is_changed_step_by_step(app: Flask, olga: Desk) -> None:
    page = olga.open(PATH)
    for label in ("A", "B", "C"):
        olga.send(PATH, page, label__de=label, kind="text")
    first, _second, last = ids(app)
    olga.send(f"{PATH}/{last}/up", page)
    assert [label for label, *_more in asked(app)] == ["A", "C", "B"]
    olga.send(f"{PATH}/{first}/down", page)
    assert [label for label, *_more in asked(app)] == ["C", "A", "B"]
    olga.send(f"{PATH}/{last}/up", page)
    assert [label for label, *_more in asked(app)] == ["C", "A", "B"]


def test_a_question_goes_with_its_answers(app: Flask, olga: Desk) -> None:
    page = olga.open(PATH)
    olga.send(PATH, page, **TRAIN)
    olga.send(PATH, page, label__de="Ihr Anliegen?", kind="text")
    train, wish = ids(app)
    with app.app_context():
        event = event_by_slug("one")
        assert event is not None
        people.sign_up(event, answers={str(train): "Ja", str(wish): "Wärme"})
    page = olga.open(f"{PATH}/{train}")
    assert "1 person has answered" in page.words
    olga.send(f"{PATH}/{train}/remove", page)
    with app.app_context():
        event = event_by_slug("one")
        assert event is not None
        kept = people.registration_of(event, "ada@example.org").answers
    assert (kept, ids(app)) == ({str(wish): "Wärme"}, [wish])
