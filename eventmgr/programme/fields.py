"""Fields of the desk's forms: a text in four languages, a wall-clock time at a place."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_wtf import FlaskForm
from wtforms import (
    DateTimeLocalField,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.utils import unset_value
from wtforms.validators import DataRequired, Length, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from eventmgr.accounts import history
from eventmgr.i18n import DEFAULT, LANGUAGES, _, _l
from eventmgr.programme import edits
from eventmgr.programme.edits import ChangedMeanwhile
from eventmgr.programme.errors import AmbiguousLocalTime, NoSuchLocalTime
from eventmgr.programme.words import change_name
from eventmgr.programme.zones import ZONES, instant
from eventmgr.web.typed import without_controls

LONGEST_LINE = 200
LONGEST_TEXT = 20_000
BROWSERS_FORMAT = "%Y-%m-%dT%H:%M"
Text = Any
"""A text that may still be lazy."""


def at_most(longest: int) -> Length:
    """Return the check of a length, with a message that says it."""
    return Length(max=longest, message=_l("Use %(max)d characters at most.", max=longest))


def tidy_line(text: str | None) -> str:
    """Return one line without spaces around and doubled, and nothing that cannot be seen."""
    return " ".join(without_controls(text or "").split())


def tidy_text(text: str | None) -> str:
    """Return lines as the database keeps them, whatever the browser ends them with."""
    return without_controls(text or "").replace("\r\n", "\n").replace("\r", "\n").strip()


class SeenForm(FlaskForm):
    """A form that knows which state of things its maker saw (see `edits`)."""

    seen = HiddenField()


def seen_by(
    form: SeenForm, meanwhile: ChangedMeanwhile | None, subject: str, subject_id: int
) -> list[tuple[str, str, datetime]]:
    """Return who changed what meanwhile, and when; sending the form again then overrules them."""
    if meanwhile is None:
        return []
    form.seen.data = edits.last_seen(subject, subject_id)
    name_of = history.actor_names(meanwhile.changes)
    return [(name_of(line.actor), change_name(line), line.at) for line in meanwhile.changes]


class TextsField(FormField):  # type: ignore[type-arg] # generic in its stubs only
    """One text in each language of the site."""

    @property
    def content(self) -> dict[str, str]:
        """The languages in which something was written."""
        return {code: text for code, text in self.data.items() if text}


def texts(label: Text, *, required: Text = "", rows: int = 0, description: Text = "") -> TextsField:
    """Ask for a text in every language; German is a must where a message for its lack is given.

    One line, or with `rows` a text of many.
    """
    return TextsField(_language_form(required, rows), label, description=description)


def _language_form(required: Text, rows: int) -> type[Form]:
    fields = {code: _in_language(code, name, required, rows) for code, name in LANGUAGES.items()}
    return type("TextsForm", (Form,), fields)


def _in_language(code: str, name: str, required: Text, rows: int) -> StringField:
    checks: list[Any] = [DataRequired(required)] if required and code == DEFAULT else []
    if rows:
        attributes = {"lang": code, "rows": rows}
        checks.append(at_most(LONGEST_TEXT))
        return TextAreaField(name, checks, filters=[tidy_text], render_kw=attributes)
    checks.append(at_most(LONGEST_LINE))
    return StringField(name, checks, filters=[tidy_line], render_kw={"lang": code})


class MultiCheckboxField(SelectMultipleField):
    """Several of a few, each with a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def choices(names: Mapping[Any, Text]) -> dict[str, str]:
    """Return what a select or radio field offers: names by value, in the reader's language."""
    return {str(value): str(name) for value, name in names.items()}


def zone_choices() -> dict[str, str]:
    """Return the time zones that may be chosen."""
    return {zone: zone.replace("_", " ") for zone in ZONES}


class WholeNumberField(IntegerField):
    """A number without a fraction."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Say in our words what cannot be read."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Write a whole number, for example 80.")) from None

    def pre_validate(self, form: Any) -> None:  # noqa: ANN401, ARG002 - of the library
        """Say only that it cannot be read, where it cannot."""
        if self.process_errors:
            raise StopValidation


class WallTimeField(DateTimeLocalField):
    """Day and time as clocks at the place show it.

    What instant that is depends on the zone, which another field of the form may decide: `settle`
    finds it. Where clocks show the time twice, the page asks which one is meant.
    """

    def __init__(self, label: Text = None, validators: Any = None, **kwargs: Any) -> None:  # noqa: ANN401 - of the library
        """Read what browsers send and show it back alike."""
        super().__init__(label, validators, format=[BROWSERS_FORMAT, "%Y-%m-%dT%H:%M:%S"], **kwargs)
        self.second: bool | None = None
        self.is_ambiguous = False
        self.instant: datetime | None = None

    @property
    def choice_name(self) -> str:
        """Name of the input that says which of two equal times is meant."""
        return f"{self.name}-second"

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:  # noqa: ANN401 - of the library
        """Read the time, and the choice where one was offered."""
        super().process(formdata, data, extra_filters)
        if formdata:
            self.second = {"0": False, "1": True}.get(formdata.get(self.choice_name))
        elif self.data is not None:
            self.second = bool(self.data.fold)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Say in our words what cannot be read; an empty field is no time."""
        if not valuelist or not valuelist[0].strip():
            self.data = None
            return
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Write day and time, for example 2030-12-10T09:30.")) from None

    def settle(self, zone: str) -> None:
        """Find the instant in that zone, or say at the field why there is none."""
        if self.data is None:
            return
        try:
            self.instant = instant(self.data, zone)
        except NoSuchLocalTime:
            self._add_error(
                _("Clocks jump over this time that night. Choose an earlier or a later one.")
            )
        except AmbiguousLocalTime:
            self.is_ambiguous = True
            if self.second is None:
                self._add_error(
                    _("Clocks show this time twice that night. Say which one you mean.")
                )
            else:
                self.instant = instant(self.data, zone, second=self.second)

    def refuse(self, message: str) -> None:
        """Say at the field what is wrong with it."""
        self._add_error(message)

    def _add_error(self, message: str) -> None:
        self.errors = [*self.errors, message]


def wall_clock(moment: datetime | None, zone: str) -> datetime | None:
    """Return what clocks in the zone show, for a WallTimeField to start with."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) if moment else None
