from collections.abc import Iterator, Sequence

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from eventmgr.i18n import in_language
from eventmgr.programme.models import Event
from eventmgr.registration.answers import Answers
from eventmgr.registration.entries import lines, one_line
from eventmgr.registration.forms import SignUpForm, details_form, field_of, sign_up_form
from eventmgr.registration.models import Question, QuestionKind, Registration

ADA = {"name": "Ada", "email": "ada@example.org", "group": "science"}


@pytest.fixture(autouse=True)
def in_english(app_alone: Flask) -> Iterator[None]:
    """Write messages in English, without a database."""
    with app_alone.app_context(), in_language("en"):
        yield


def question(number: int, kind: QuestionKind = QuestionKind.TEXT, **values: object) -> Question:
    defaults: dict[str, object] = {"label": {"en": "Why?"}, "choices": [], "is_required": False}
    return Question(id=number, kind=kind, **{**defaults, **values})


def filled(typed: dict[str, str], questions: Sequence[Question] = (), **asks: bool) -> SignUpForm:
    event = Event(**{"asks_diet": False, "asks_assistance": False, **asks})
    return sign_up_form(event, questions, MultiDict(ADA | typed))


def test_a_complete_form_gives_the_answers() -> None:
    form = filled({"organisation": "TU", "consent_photos": "y"})
    assert form.validate() is True
    assert form.answers() == Answers(
        name="Ada",
        email="ada@example.org",
        organisation="TU",
        group="science",
        consents=("photos",),
    )


def test_none_of_the_groups_is_stored_as_no_group() -> None:
    form = filled({"group": "none"})
    assert (form.validate(), form.answers().group) == (True, "")


def test_what_the_event_does_not_ask_is_not_taken() -> None:
    form = filled({"diet": "vegan", "assistance": "a ramp"})
    assert (form.validate(), form.answers().diet, form.answers().assistance) == (True, "", "")


@pytest.mark.parametrize(
    "address",
    [
        "ada@example.org",
        "Ada.Lovelace+news@mail.example.co.uk",
        "ada@gießerei-müller.de",
        "ädä@example.org",
        "名@例え.jp",
        "o'brien@example.org",
    ],
)
def test_every_address_that_mail_can_reach_is_taken(address: str) -> None:
    form = filled({"email": address})
    assert (form.validate(), form.errors) == (True, {})


@pytest.mark.parametrize(
    "name",
    [
        "נועה כהן",
        "محمد \u200fعلي",
        "👩\u200d🔬",
        "क्\u200dष",
        "e\u0301",
        "x" * 200,
    ],
)
def test_marks_that_scripts_and_emoji_need_are_kept(name: str) -> None:
    form = filled({"name": name})
    assert (form.validate(), form.answers().name) == (True, name)


@pytest.mark.parametrize("hidden", ["\0", "\x07", "\x9b", "\u202e", "\u2066", "\ufeff", "\ufffd"])
def test_hidden_characters_are_taken_out_and_the_rest_is_shown_to_send_again(hidden: str) -> None:
    form = filled({"name": f"A{hidden}da", "email": f"ada{hidden}@example.org"})
    message = "There were hidden characters in your text. We took them out, please check it."
    assert (form.validate(), form.errors) == (False, {"name": [message], "email": [message]})
    assert (form.name.data, form.email.data) == ("Ada", "ada@example.org")


def test_one_message_at_a_time_for_each_field() -> None:
    form = filled({"name": "\0" * 500, "email": "@" * 500})
    form.validate()
    assert [len(messages) for messages in form.errors.values()] == [1, 1]


def test_a_question_to_be_answered_says_so() -> None:
    asked = [
        question(1, is_required=True),
        question(2, QuestionKind.CHOICE, choices=["a", "b"], is_required=True),
        question(3, QuestionKind.CHOICE, choices=list("abcdefgh"), is_required=True),
    ]
    form = filled({}, asked)
    assert form.validate() is False
    assert form.errors == {
        "question_1": ["Please answer this question."],
        "question_2": ["Choose one of these."],
        "question_3": ["Choose one of these."],
    }
    types = [field.type for field in form.question_fields]
    assert types == ["TextAreaField", "RadioField", "SelectField"]


def test_a_question_that_may_stay_open_is_stored_empty() -> None:
    asked = [question(1), question(2, QuestionKind.CHOICE, choices=["a", "b"])]
    form = filled({"question_1": "  ", "question_2": ""}, asked)
    assert (form.validate(), form.answers().answers) == (True, {"1": "", "2": ""})


def test_an_answer_that_was_not_offered_is_refused() -> None:
    asked = [question(1, QuestionKind.CHOICE, choices=["a", "b"])]
    form = filled({"question_1": "c"}, asked)
    assert (form.validate(), form.errors) == (False, {"question_1": ["Choose one of these."]})


def test_two_events_do_not_share_their_questions() -> None:
    first, second = filled({}, [question(1)]), filled({}, [question(2)])
    assert (field_of(question(1)) in first, field_of(question(1)) in second) == (True, False)


def test_the_summary_follows_the_page() -> None:
    form = filled({"name": "", "email": "", "group": ""}, [question(1, is_required=True)])
    form.validate()
    assert list(form.errors) == ["name", "email", "group", "question_1"]


def test_details_are_filled_with_what_is_stored_and_know_no_address() -> None:
    event = Event(asks_diet=True, asks_assistance=False)
    stored = Registration(
        name="Ada",
        email="ada@example.org",
        organisation="TU",
        group="",
        diet="vegan",
        assistance="",
        answers={"1": "because"},
        consents={"photos": "2026-01-01T00:00:00+00:00"},
    )
    form = details_form(event, [question(1)], stored)
    assert {field.name: field.data for field in form} == {
        "name": "Ada",
        "organisation": "TU",
        "group": "none",
        "diet": "vegan",
        "consent_photos": True,
        "question_1": "because",
    }
    taken_back = details_form(
        event, [question(1)], stored, MultiDict({"name": "Ada", "group": "none"})
    )
    assert (taken_back.validate(), taken_back.answers().consents) == (True, ())


def test_lines_and_spaces_are_tidied() -> None:
    assert one_line("  Ada \n\u2028 Love\tlace ") == "Ada Love lace"
    assert lines(" a\r\n\r\nb \n") == "a\n\nb"
    assert (one_line(None), lines(None)) == ("", "")
