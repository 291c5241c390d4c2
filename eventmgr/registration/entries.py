"""Validators that say what to do, beside the field, and stop at the first thing that is wrong."""

import re
from collections.abc import Iterable

from email_validator import EmailNotValidError, validate_email
from wtforms import Field, Form
from wtforms.validators import StopValidation

from eventmgr.i18n import _

LONGEST_ADDRESS = 254
"""What SMTP can carry (RFC 5321, 4.5.3.1.3)."""

_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffd]"
)
"""Control characters, those that turn the direction of writing, and what could not be decoded.

Marks that scripts and emoji need (joiners, U+200E and U+200F) are not among them.
"""


class AsText:
    """Refuses what cannot be seen, stored or printed; shows the text without it to send again."""

    def __init__(self, longest: int) -> None:
        """Set how many characters fit."""
        self.longest = longest

    def __call__(self, _form: Form, field: Field) -> None:
        """Check the text of the field."""
        text = field.data or ""
        visible = _HIDDEN.sub("", text)
        if visible != text:
            field.data = visible
            raise StopValidation(
                _("There were hidden characters in your text. We took them out, please check it.")
            )
        if len(text) > self.longest:
            raise StopValidation(_("Use %(max)d characters at most.", max=self.longest))


class OneOf:
    """Refuses what is not among the values."""

    def __init__(self, values: Iterable[str] = ()) -> None:
        """Remember them."""
        self.values = set(values)

    def __call__(self, _form: Form, field: Field) -> None:
        """Check the chosen value."""
        if field.data and field.data not in self.values:
            raise StopValidation(_("Choose one of these."))


class MailAddress:
    """Checks the shape of an address without asking the network, and says what is missing."""

    def __call__(self, _form: Form, field: Field) -> None:
        """Check the address and keep it in its normal form."""
        try:
            field.data = validate_email(field.data, check_deliverability=False).normalized
        except EmailNotValidError as error:
            raise StopValidation(_missing(field.data)) from error


def _missing(address: str) -> str:
    before, at, domain = address.rpartition("@")
    findings = (
        (not at, _("The @ is missing, for example name@company.com.")),
        (not before, _("The name before the @ is missing, for example name@company.com.")),
        (not domain, _("The domain after the @ is missing, for example name@company.com.")),
        ("@" in before, _("There is one @ too many, for example name@company.com.")),
        (" " in address, _("An address has no spaces, for example name@company.com.")),
        (
            "." not in domain.strip("."),
            _("The domain after the @ is not complete, for example name@company.com."),
        ),
    )
    whatever = _("We cannot write to this address. Check it, for example name@company.com.")
    return next((message for is_so, message in findings if is_so), whatever)


def one_line(text: str | None) -> str:
    """Return the text without line breaks and doubled spaces."""
    return " ".join((text or "").split())


def lines(text: str | None) -> str:
    """Return the text without space at its ends, lines broken one way."""
    return "\n".join((text or "").strip().splitlines())
