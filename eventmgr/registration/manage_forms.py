"""What the office types about a person; whether that is possible is the service's question."""

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import EmailField, Field, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from eventmgr.i18n import LANGUAGES, _, _l, say
from eventmgr.programme.models import Event
from eventmgr.registration.answers import Answers
from eventmgr.registration.entries import (
    LONGEST_ADDRESS,
    AsText,
    MailAddress,
    OneOf,
    lines,
    one_line,
)
from eventmgr.registration.forms import LONGEST, LONGEST_TEXT, field_of
from eventmgr.registration.models import Question, QuestionKind, Registration
from eventmgr.settings import current_settings


class PersonForm(FlaskForm):
    """Who somebody is; `_with_questions` adds what the event asks."""

    name = StringField(
        _l("Name"),
        [DataRequired(_l("Enter the name, as it shall stand on the badge.")), AsText(LONGEST)],
        filters=[one_line],
    )
    organisation = StringField(_l("Organisation"), [AsText(LONGEST)], filters=[one_line])
    group = SelectField(_l("Group"), validate_choice=False)

    questions: Sequence[Question] = ()

    def __init__(self, *, former_group: str = "", **kwargs: Any) -> None:  # noqa: ANN401 - WTForms'
        """Offer the groups of this installation, and one that is stored though it is gone."""
        super().__init__(**kwargs)
        groups = {group.slug: say(group.name) for group in current_settings().groups}
        if former_group:
            groups.setdefault(former_group, former_group)
        self.group.choices = {"": _("None of these"), **groups}
        self._offered = OneOf(groups)

    def validate_group(self, field: SelectField) -> None:
        """Accept only what is offered."""
        self._offered(self, field)

    def answers_of(self, email: str, stored: Registration | None = None) -> Answers:
        """Return what was typed; what the event no longer asks stays as it is stored.

        The office neither gives nor takes anybody's consent.
        """
        typed = {str(q.id): self._text(field_of(q), "") for q in self.questions}
        return Answers(
            name=self.name.data or "",
            email=email,
            organisation=self.organisation.data or "",
            group=self.group.data or "",
            answers={**(stored.answers if stored else {}), **typed},
            diet=self._text("diet", stored.diet if stored else ""),
            assistance=self._text("assistance", stored.assistance if stored else ""),
            consents=tuple(stored.consents) if stored else (),
        )

    def _text(self, name: str, stored: str) -> str:
        return self[name].data or "" if name in self else stored


class AddPersonForm(PersonForm):
    """Somebody who asked the office for a place."""

    email = EmailField(
        _l("E-mail address"),
        [
            DataRequired(_l("Enter the address to which the ticket goes.")),
            AsText(LONGEST_ADDRESS),
            MailAddress(),
        ],
        filters=[one_line],
    )
    language = SelectField(
        _l("Language of letters"),
        [InputRequired(_l("Choose a language.")), OneOf(LANGUAGES)],
        choices=LANGUAGES,
        validate_choice=False,
    )


class ChangePersonForm(PersonForm):
    """Corrections; the address stays, because it was confirmed."""


class CancelPersonForm(FlaskForm):
    """Why a registration ends."""

    reason = TextAreaField(
        _l("Reason"),
        [AsText(LONGEST_TEXT)],
        filters=[lines],
        description=_l("The person reads it in the letter."),
        render_kw={"rows": 3},
    )


def add_form(event: Event, questions: Sequence[Question]) -> AddPersonForm:
    """Return the form for somebody new."""
    form: AddPersonForm = _with_questions(AddPersonForm, event, questions)()
    return form


def change_form(
    event: Event, questions: Sequence[Question], registration: Registration
) -> ChangePersonForm:
    """Return the form filled with what is stored."""
    stored = {field_of(q): registration.answers.get(str(q.id), "") for q in questions}
    kind = _with_questions(ChangePersonForm, event, questions, stored)
    form: ChangePersonForm = kind(obj=registration, data=stored, former_group=registration.group)
    return form


def _with_questions(
    base: type[PersonForm],
    event: Event,
    questions: Sequence[Question],
    stored: dict[str, str] | None = None,
) -> Any:  # noqa: ANN401 - a subclass made for this event
    fields: dict[str, Any] = {"questions": questions}
    for question in questions:
        name = field_of(question)
        fields[name] = _question_field(question, (stored or {}).get(name, ""))
    if event.asks_diet:
        fields["diet"] = StringField(_l("Diet"), [AsText(LONGEST)], filters=[one_line])
    if event.asks_assistance:
        fields["assistance"] = TextAreaField(
            _l("Assistance"), [AsText(LONGEST_TEXT)], filters=[lines], render_kw={"rows": 3}
        )
    return type(base.__name__, (base,), fields)


def _question_field(question: Question, stored: str) -> Field:
    """Return the field of a question; the office need not know every answer."""
    label = say(question.label)
    if question.kind is QuestionKind.TEXT:
        checks = [AsText(LONGEST_TEXT)]
        return TextAreaField(label, checks, filters=[lines], render_kw={"rows": 3})
    former = [stored] if stored and stored not in question.choices else []
    answers = [*question.choices, *former]
    offered = {"": _("No answer"), **{answer: answer for answer in answers}}
    return SelectField(label, [OneOf(answers)], choices=offered, validate_choice=False)
