"""What people fill in at sign-up and correct later; whether they may is the service's question.

Plain forms without a token against forged requests: the sign-up form acts for nobody who is signed
in, and the personal page's address is itself the secret. So these pages need no cookie.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    EmailField,
    Field,
    Form,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Optional

from eventmgr.i18n import _, _l, say
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
from eventmgr.registration.models import Question, QuestionKind, Registration
from eventmgr.settings import current_settings

LONGEST = 200
LONGEST_TEXT = 2_000
NO_GROUP = "none"
CONSENTS = ("photos",)
"""What people may agree to, each a field `consent_…` and off by default."""
MANY_CHOICES = 6

Typed = MultiDict[str, str] | None


class SignUpForm(Form):
    """Asks for what a place needs, and for nothing more; in the order of the page."""

    name = StringField(
        _l("First and last name"),
        [DataRequired(_l("Enter your name, for example Ada Lovelace.")), AsText(LONGEST)],
        filters=[one_line],
        description=_l("This is how it will stand on your badge."),
        render_kw={"autocomplete": "name"},
    )
    email = EmailField(
        _l("E-mail address"),
        [
            DataRequired(_l("Enter your address, for example name@company.com.")),
            AsText(LONGEST_ADDRESS),
            MailAddress(),
        ],
        filters=[one_line],
        description=_l("This is where we send your ticket."),
        render_kw={"autocomplete": "email"},
    )
    organisation = StringField(
        _l("Organisation"),
        [AsText(LONGEST)],
        filters=[one_line],
        render_kw={"autocomplete": "organization"},
    )
    group = RadioField(
        _l("Where do you come from?"),
        [InputRequired(_l("Choose a group, or “None of these”."))],
        validate_choice=False,
    )
    diet = StringField(
        _l("What do you eat, or what not?"),
        [AsText(LONGEST)],
        filters=[one_line],
        description=_l(
            "Only for the kitchen. By filling this in you expressly agree that we use it for this "
            "event. We delete it one week after."
        ),
        render_kw={"autocomplete": "off"},
    )
    assistance = TextAreaField(
        _l("What assistance do you need?"),
        [AsText(LONGEST_TEXT)],
        filters=[lines],
        description=_l(
            "For example sign language, a place for a wheelchair, large print. By filling this in "
            "you expressly agree that we use it to prepare this event. We delete it one week after."
        ),
        render_kw={"rows": 3, "autocomplete": "off"},
    )
    consent_photos = BooleanField(
        _l("I may be seen in photos and films of the event that are published.")
    )

    questions: Sequence[Question] = ()

    def __init__(self, event: Event, typed: Typed = None, **kwargs: Any) -> None:  # noqa: ANN401 - WTForms'
        """Offer the groups of this installation and ask only what the event asks."""
        super().__init__(typed, **kwargs)
        groups = {group.slug: say(group.name) for group in current_settings().groups}
        self.group.choices = groups | {NO_GROUP: _("None of these")}
        if not groups:
            del self.group
        if not event.asks_diet:
            del self.diet
        if not event.asks_assistance:
            del self.assistance

    def validate_group(self, field: RadioField) -> None:
        """Accept only groups of this installation."""
        OneOf([NO_GROUP, *(group.slug for group in current_settings().groups)])(self, field)

    def answers(self) -> Answers:
        """Return what was filled in."""
        group = self._text("group")
        return Answers(
            name=self._text("name"),
            email=self._text("email"),
            organisation=self._text("organisation"),
            group="" if group == NO_GROUP else group,
            answers={str(q.id): self._text(field_of(q)) for q in self.questions},
            diet=self._text("diet"),
            assistance=self._text("assistance"),
            consents=tuple(name for name in CONSENTS if self[f"consent_{name}"].data),
        )

    def _text(self, name: str) -> str:
        return self[name].data or "" if name in self else ""

    @property
    def question_fields(self) -> list[Field]:
        """The event's own questions, in order."""
        return [self[field_of(question)] for question in self.questions]


class DetailsForm(SignUpForm):
    """Asks for all that but the address, which stays as it was confirmed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - WTForms'
        """Take the address out."""
        super().__init__(*args, **kwargs)
        del self.email


def sign_up_form(event: Event, questions: Sequence[Question], typed: Typed = None) -> SignUpForm:
    """Return the form for somebody new."""
    form: SignUpForm = _with(SignUpForm, questions)(event, typed)
    return form


def details_form(
    event: Event, questions: Sequence[Question], registration: Registration, typed: Typed = None
) -> DetailsForm:
    """Return the form filled with what is stored, or with what was typed instead."""
    stored = {
        "name": registration.name,
        "organisation": registration.organisation,
        "group": registration.group or NO_GROUP,
        "diet": registration.diet,
        "assistance": registration.assistance,
        **{f"consent_{name}": name in registration.consents for name in CONSENTS},
        **{field_of(q): registration.answers.get(str(q.id), "") for q in questions},
    }
    form: DetailsForm = _with(DetailsForm, questions)(event, typed, data=stored)
    return form


def field_of(question: Question) -> str:
    """Return the name of a question's field."""
    return f"question_{question.id}"


def _with(base: type[SignUpForm], questions: Sequence[Question]) -> Any:  # noqa: ANN401 - a subclass
    if not questions:
        return base
    fields: Mapping[str, Any] = {field_of(question): _field(question) for question in questions}
    return type(base.__name__, (base,), {"questions": questions, **fields})


def _field(question: Question) -> Field:
    label = say(question.label)
    if question.kind is QuestionKind.TEXT:
        needed = DataRequired(_("Please answer this question.")) if question.is_required else None
        checks = [needed or Optional(), AsText(LONGEST_TEXT)]
        return TextAreaField(label, checks, filters=[lines], render_kw={"rows": 3})
    return _choice_field(label, question.choices, is_required=question.is_required)


def _choice_field(label: str, choices: Sequence[str], *, is_required: bool) -> Field:
    known = OneOf(choices)
    offered = {choice: choice for choice in choices}
    if not is_required:
        offered = {"": _("No answer")} | offered
        return SelectField(label, [Optional(), known], choices=offered, validate_choice=False)
    checks = [InputRequired(_("Choose one of these.")), known]
    if len(choices) > MANY_CHOICES:
        offered = {"": _("Please choose")} | offered
        return SelectField(label, checks, choices=offered, validate_choice=False)
    return RadioField(label, checks, choices=offered, validate_choice=False)
