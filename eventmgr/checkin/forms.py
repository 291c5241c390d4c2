"""The shape of what a device sends; what it comes to is the service's question."""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, StringField
from wtforms.validators import DataRequired, Length, Optional

from eventmgr.checkin import codes
from eventmgr.checkin.service import Scan
from eventmgr.clock import now
from eventmgr.i18n import _, _l
from eventmgr.programme.fields import tidy_line

LONGEST_BODY = 8 * 1024
LARGEST_ID = 2**31 - 1
_NONCE = re.compile(r"[A-Za-z0-9_-]{8,64}")


class BadMessage(Exception):
    """A device sent something that cannot be a scan; the text says what is missing."""


@dataclass(frozen=True)
class ScanMessage:
    """A scan as the script of the door page sends it: of a code, or of a person found by name."""

    scan: Scan
    code: str = ""
    registration_id: int | None = None


def scan_message(body: bytes) -> ScanMessage:
    """Read `{code, nonce, scanned_at}`, or `registration_id` in place of `code`.

    Raises BadMessage, as all of these do.
    """
    fields = _fields(body)
    scan = _scan(fields)
    if "registration_id" in fields:
        return ScanMessage(scan, registration_id=_id(fields["registration_id"]))
    return ScanMessage(scan, code=_code(fields.get("code")))


def undo_message(body: bytes) -> tuple[Scan, str]:
    """Read `{nonce, scanned_at, undone}`: the new scan and the nonce of the one that was wrong."""
    fields = _fields(body)
    return _scan(fields), _nonce(fields.get("undone"), "undone")


def _fields(body: bytes) -> dict[str, Any]:
    if len(body) > LONGEST_BODY:
        raise BadMessage(_l("This is too long for a ticket code."))
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError):
        raise BadMessage(_l("This is not JSON.")) from None
    if not isinstance(fields, dict):
        raise BadMessage(_l("Send one JSON object for each scan."))
    return fields


def _scan(fields: dict[str, Any]) -> Scan:
    return Scan(_nonce(fields.get("nonce"), "nonce"), _moment(fields.get("scanned_at")))


def is_nonce(text: str) -> bool:
    """Whether a device could have made this nonce."""
    return _NONCE.fullmatch(text) is not None


def _nonce(value: object, name: str) -> str:
    if not isinstance(value, str) or not is_nonce(value):
        raise BadMessage(_l("“%(name)s” must be 8 to 64 letters, digits or hyphens.", name=name))
    return value


def _moment(value: object) -> datetime:
    if value is None:
        return now()
    try:
        moment = datetime.fromisoformat(value)  # type: ignore[arg-type] # TypeError is caught
    except (ValueError, TypeError):
        moment = None
    if moment is None or moment.tzinfo is None:
        raise BadMessage(
            _l("“scanned_at” must be a time with a zone, such as 2030-06-14T09:12:00Z.")
        )
    return moment


def _id(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= LARGEST_ID:
        raise BadMessage(_l("“registration_id” must be the number of a registration."))
    return value


def _code(value: object) -> str:
    if not isinstance(value, str) or len(value) > codes.LONGEST or not value.isprintable():
        raise BadMessage(_l("“code” must be the text of a ticket code."))
    return value


class TypedForm(FlaskForm):
    """The one field into which people and hardware scanners type."""

    typed = StringField(
        _l("Name or code"),
        [DataRequired(_l("Type a name or a code.")), Length(max=codes.LONGEST)],
        render_kw={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"},
    )
    nonce = HiddenField()

    def text(self) -> str:
        """Return what was typed."""
        return (self.typed.data or "").strip()


class UseLinkForm(FlaskForm):
    """The one button that makes a browser a device at the door."""


class MakeLinkForm(FlaskForm):
    """A new link for one more device at the door."""

    name = StringField(
        _l("Which door or desk"),
        [
            DataRequired(_l("Name the door or desk, for example “North entrance”.")),
            Length(max=60, message=_l("Use 60 letters at most.")),
        ],
        filters=[tidy_line],
        description=_l("Volunteers see it when a ticket was already scanned there."),
        default=lambda: _("Main entrance"),
    )
    last_day = DateField(
        _l("Works until the end of"),
        [Optional()],
        description=_l("Empty: until the event is over."),
    )

    def device(self) -> str:
        """Return the name of the door or desk."""
        return (self.name.data or "").strip()
