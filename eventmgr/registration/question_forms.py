"""What the office fills in about a question to everybody who signs up."""

from typing import Any

from wtforms import BooleanField, RadioField, TextAreaField
from wtforms.validators import InputRequired

from eventmgr.i18n import _, _l
from eventmgr.programme.fields import (
    LONGEST_LINE,
    LONGEST_TEXT,
    SeenForm,
    at_most,
    texts,
    tidy_line,
    tidy_text,
)
from eventmgr.programme.fields import choices as kinds
from eventmgr.registration.models import Question, QuestionKind
from eventmgr.registration.words import QUESTION_NAMES

FEWEST_CHOICES = 2


class QuestionForm(SeenForm):
    """A question."""

    label = texts(_l("Question"), required=_l("Enter the question in German."))
    kind = RadioField(
        _l("Answered by"),
        [InputRequired(_l("Say how people answer."))],
        default=QuestionKind.TEXT.value,
    )
    choices = TextAreaField(
        _l("Choices"),
        [at_most(LONGEST_TEXT)],
        filters=[tidy_text],
        description=_l("One in each line, where people choose."),
        render_kw={"rows": 4},
    )
    is_required = BooleanField(_l("Everybody must answer"))

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - of the form
        """Offer the kinds there are."""
        super().__init__(**kwargs)
        self.kind.choices = kinds(QUESTION_NAMES)

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - of the library
        """Check each field, then that there is something to choose."""
        super().validate(extra_validators)
        chosen = self.listed_choices()
        if self.kind.data == QuestionKind.CHOICE and len(chosen) < FEWEST_CHOICES:
            self.choices.errors = [_("Write at least two choices, each in its own line.")]
        if any(len(choice) > LONGEST_LINE for choice in chosen):
            self.choices.errors = [_("Use %(max)d characters at most.", max=LONGEST_LINE)]
        return not self.errors

    def listed_choices(self) -> list[str]:
        """Return the choices, each once."""
        lines = map(tidy_line, (self.choices.data or "").splitlines())
        return list(dict.fromkeys(filter(None, lines)))

    def values(self) -> dict[str, Any]:
        """Return the columns of a question."""
        is_choice = self.kind.data == QuestionKind.CHOICE
        return {
            "label": self.label.content,
            "kind": QuestionKind(self.kind.data),
            "choices": self.listed_choices() if is_choice else [],
            "is_required": self.is_required.data,
        }


def stored_values(question: Question) -> dict[str, Any]:
    """Return what is stored of a question, as the form shows it."""
    return {
        "label": question.label,
        "kind": question.kind.value,
        "choices": "\n".join(question.choices),
        "is_required": question.is_required,
    }
