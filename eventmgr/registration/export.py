"""The list of an event as a file for a spreadsheet.

Semicolons, because that is what German, French and Dutch Excel split by; a byte order mark, because
without one Excel reads UTF-8 as Latin. LibreOffice and every CSV library understand both.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from eventmgr.i18n import LANGUAGES, _, formats, say
from eventmgr.programme.models import Event
from eventmgr.registration import secrets
from eventmgr.registration.models import Question, Registration
from eventmgr.registration.words import group_name, status_name

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet calculate a cell instead of showing it (full-width: in Japanese)."""


def as_csv(
    event: Event,
    registrations: Iterable[Registration],
    questions: Sequence[Question],
    *,
    with_needs: bool,
) -> bytes:
    """Return the registrations as CSV; needs are only in it where somebody has asked for them."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(map(safe_cell, _head(questions, with_needs=with_needs)))
    for registration in registrations:
        cells = _row(event, registration, questions, with_needs=with_needs)
        writer.writerow(map(safe_cell, cells))
    return file.getvalue().encode("utf-8-sig")


def safe_cell(text: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _head(questions: Sequence[Question], *, with_needs: bool) -> list[str]:
    return [
        _("Name"),
        _("Organisation"),
        _("E-mail address"),
        _("Group"),
        _("Status"),
        _("Signed up"),
        _("Address confirmed"),
        _("Short code"),
        _("Language of letters"),
        *(say(question.label) for question in questions),
        *((_("Diet"), _("Assistance")) if with_needs else ()),
    ]


def _row(
    event: Event, registration: Registration, questions: Sequence[Question], *, with_needs: bool
) -> list[str]:
    confirmed_at = registration.address_confirmed_at
    return [
        registration.name,
        registration.organisation,
        registration.email,
        group_name(registration.group),
        status_name(registration.status),
        f"{formats.local(registration.created_at, event.zone):%Y-%m-%d %H:%M}",
        f"{formats.local(confirmed_at, event.zone):%Y-%m-%d %H:%M}" if confirmed_at else "",
        secrets.readable(registration.short_code),
        LANGUAGES.get(registration.language, registration.language),
        *(registration.answers.get(str(question.id), "") for question in questions),
        *((registration.diet, registration.assistance) if with_needs else ()),
    ]
