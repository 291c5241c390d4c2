"""What the office types about a person; whether that is possible is the service's question."""

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import EmailField, Field, SelectField, StringField, TextAreaField
from wtforms.validators import Email, InputRequired, Length

from eventmgr.i18n import LANGUAGES, _, _l, say
from eventmgr.programme.models import Event
from eventmgr.registration.answers import Answers
from eventmgr.registration.models import Question, QuestionKind, Registration
from eventmgr.settings import current_settings

LONGEST = 200
LONGEST_TEXT = 2_000
SHORTER = Length(max=LONGEST, message=_l("Use %(max)d characters at most.", max=LONGEST))
SHORTER_TEXT = Length(
    max=LONGEST_TEXT, message=_l("Use %(max)d characters at most.", max=LONGEST_TEXT)
)


def _stripped(text: str | None) -> str:
    return " ".join((text or "").split())


class PersonForm(FlaskForm):
    """Who somebody is; `form_for` adds what the event asks."""

    name = StringField(
        _l("Name"),
        [InputRequired(_l("Enter the name, as it shall stand on the badge.")), SHORTER],
        filters=[_stripped],
    )
    organisation = StringField(_l("Organisation"), [SHORTER], filters=[_stripped])
    group = SelectField(_l("Group"))

    questions: Sequence[Question] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - of the form
        """Offer the groups of this installation."""
        super().__init__(*args, **kwargs)
        groups = [(group.slug, say(group.name)) for group in current_settings().groups]
        known = {slug for slug, _name in groups}
        former = [(slug, slug) for slug in (self.group.data,) if slug and slug not in known]
        self.group.choices = [("", _("None of these")), *groups, *former]

    def answers_of(self, email: str, stored: Registration | None = None) -> Answers:
        """Return what was typed; what the event no longer asks stays as it is stored.

        The office neither gives nor takes anybody's consent.
        """
        typed = {str(q.id): self._text(f"question_{q.id}", "") for q in self.questions}
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
        return (self[name].data or "").strip() if name in self else stored


class AddPersonForm(PersonForm):
    """Somebody who asked the office for a place."""

    email = EmailField(
        _l("E-mail address"),
        [
            InputRequired(_l("Enter the address to which the ticket goes.")),
            Email(_l("Write the whole address, for example name@company.com.")),
            SHORTER,
        ],
    )
    language = SelectField(_l("Language of letters"), choices=list(LANGUAGES.items()))


class ChangePersonForm(PersonForm):
    """Corrections; the address stays, because it was confirmed."""


class CancelPersonForm(FlaskForm):
    """Why a registration ends."""

    reason = TextAreaField(
        _l("Reason"),
        [SHORTER_TEXT],
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
    stored = {f"question_{q.id}": registration.answers.get(str(q.id), "") for q in questions}
    kind = _with_questions(ChangePersonForm, event, questions, stored)
    form: ChangePersonForm = kind(obj=registration, data=stored)
    return form


def _with_questions(
    base: type[PersonForm],
    event: Event,
    questions: Sequence[Question],
    stored: dict[str, str] | None = None,
) -> Any:  # noqa: ANN401 - a subclass made for this event
    fields: dict[str, Any] = {"questions": questions}
    for question in questions:
        name = f"question_{question.id}"
        fields[name] = _question_field(question, (stored or {}).get(name, ""))
    if event.asks_diet:
        fields["diet"] = StringField(_l("Diet"), [SHORTER], filters=[_stripped])
    if event.asks_assistance:
        fields["assistance"] = TextAreaField(
            _l("Assistance"), [SHORTER_TEXT], render_kw={"rows": 3}
        )
    return type(base.__name__, (base,), fields)


def _question_field(question: Question, stored: str) -> Field:
    """Return the field of a question; the office need not know every answer."""
    label = say(question.label)
    if question.kind is QuestionKind.TEXT:
        return TextAreaField(label, [SHORTER_TEXT], render_kw={"rows": 3})
    former = [stored] if stored and stored not in question.choices else []
    choices = [("", _("No answer")), *((choice, choice) for choice in [*question.choices, *former])]
    return SelectField(label, choices=choices)
