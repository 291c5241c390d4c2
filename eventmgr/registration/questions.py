"""What an event asks of everybody who signs up: use cases of its questions."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from eventmgr.accounts import history
from eventmgr.db import db
from eventmgr.programme.models import Event
from eventmgr.programme.service import revise
from eventmgr.registration.models import Question, Registration
from eventmgr.registration.queries import questions_of


def question_of(event_id: int, question_id: int) -> Question | None:
    """Return a question of that event."""
    query = sa.select(Question).where(Question.id == question_id, Question.event_id == event_id)
    return db.session.scalar(query)


def save_question(
    event: Event,
    question: Question | None,
    **values: Any,  # noqa: ANN401 - columns of Question
) -> Question:
    """Add a question at the end, or change one."""
    what = "question changed" if question else "question added"
    if question is None:
        position = len(questions_of(event.id))
        question = Question(event_id=event.id, position=position)
        db.session.add(question)
    for name, value in values.items():
        setattr(question, name, value)
    db.session.flush()
    _record(event, what, question)
    return question


def is_asked(event: Event, values: dict[str, Any]) -> bool:
    """Whether there is a question with the same columns already."""
    return any(
        all(getattr(question, name) == value for name, value in values.items())
        for question in questions_of(event.id)
    )


def remove_question(event: Event, question: Question) -> None:
    """Ask no longer, and forget what was answered: it is kept for nothing any more."""
    key = str(question.id)
    for registration in _answered(event.id, key):
        kept = {name: text for name, text in registration.answers.items() if name != key}
        registration.answers = kept
    _record(event, "question removed", question)
    db.session.delete(question)
    db.session.flush()


def count_answers(event_id: int, question_id: int) -> int:
    """Count the people who have answered a question."""
    return len(_answered(event_id, str(question_id)))


def _answered(event_id: int, key: str) -> list[Registration]:
    query = sa.select(Registration).where(Registration.event_id == event_id)
    return [found for found in db.session.scalars(query) if found.answers.get(key)]


def move_question(event: Event, question: Question, *, up: bool) -> None:
    """Change places with the question before or after; the first and the last stay."""
    ordered = list(questions_of(event.id))
    place = ordered.index(question)
    other = place - 1 if up else place + 1
    if 0 <= other < len(ordered):
        ordered[place], ordered[other] = ordered[other], ordered[place]
        _number(ordered)
        _record(event, "question changed", question)


def _number(ordered: Iterable[Question]) -> None:
    for position, question in enumerate(ordered):
        question.position = position
    db.session.flush()


def _record(event: Event, what: str, question: Question) -> None:
    revise(event)
    history.record("event", event.id, what, label=question.label)
