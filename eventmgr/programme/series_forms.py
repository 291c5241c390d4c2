"""What the office fills in about a series."""

from typing import Any

from wtforms import BooleanField, RadioField
from wtforms.validators import InputRequired

from eventmgr.i18n import _l
from eventmgr.programme.fields import SeenForm, choices, texts
from eventmgr.programme.models import Series, SeriesKind
from eventmgr.programme.words import KIND_NAMES


class SeriesForm(SeenForm):
    """A series."""

    title = texts(_l("Title"), required=_l("Enter the title in German."))
    kind = RadioField(
        _l("Kind"),
        [InputRequired(_l("Say what the series consists of."))],
        description=_l("It gives events their colour and shape, and visitors a filter."),
    )
    summary = texts(_l("In one sentence"), rows=3)
    description = texts(
        _l("Description"),
        rows=8,
        description=_l("An empty line begins a paragraph, * a list; [words](https://…) is a link."),
    )
    is_published = BooleanField(_l("The series has its own public page"), default=True)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - of the form
        """Offer the kinds there are."""
        super().__init__(**kwargs)
        self.kind.choices = choices(KIND_NAMES)

    def values(self) -> dict[str, Any]:
        """Return the columns of a series."""
        return {
            "title": self.title.content,
            "kind": SeriesKind(self.kind.data),
            "summary": self.summary.content,
            "description": self.description.content,
            "is_published": self.is_published.data,
        }


def stored_values(series: Series) -> dict[str, Any]:
    """Return what is stored of a series, as the form shows it."""
    same = ("title", "summary", "description", "is_published")
    return {**{name: getattr(series, name) for name in same}, "kind": series.kind.value}
