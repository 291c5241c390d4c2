"""A barrier on our pages, reported by whoever met it: one letter to the project office."""

import hashlib

from flask_wtf import FlaskForm
from wtforms import EmailField, StringField, TextAreaField
from wtforms.validators import DataRequired, Email, Length, Optional

from eventmgr.clock import now
from eventmgr.i18n import DEFAULT, _l, formats
from eventmgr.mail import service as mail
from eventmgr.mail.letters import Letter
from eventmgr.settings import current_settings
from eventmgr.web.typed import without_controls

LETTER = "home/letters/barrier"
LONGEST_PAGE = 500
LONGEST_TEXT = 4_000


def _readable(text: str | None) -> str:
    return without_controls(text or "")


class ReportBarrierForm(FlaskForm):
    """Asks for what the office needs to mend it, and for nothing more."""

    what = TextAreaField(
        _l("What did not work?"),
        [
            DataRequired(_l("Tell us what did not work, for example: the menu cannot be opened.")),
            Length(
                max=LONGEST_TEXT,
                message=_l("Shorten your text to %(max)d characters.", max=LONGEST_TEXT),
            ),
        ],
        filters=[_readable],
        description=_l(
            "Tell us also what you use, for example a screen reader or only the keyboard."
        ),
        render_kw={"rows": 6},
    )
    page = StringField(
        _l("On which page?"),
        [
            Optional(),
            Length(
                max=LONGEST_PAGE,
                message=_l("Shorten the address to %(max)d characters.", max=LONGEST_PAGE),
            ),
        ],
        filters=[_readable],
        description=_l("The address from your browser, or the heading of the page."),
    )
    email = EmailField(
        _l("Your e-mail address"),
        [
            Optional(),
            Email(_l("Write the whole address, for example name@company.com.")),
        ],
        description=_l("Only if you would like an answer."),
        render_kw={"autocomplete": "email"},
    )


def report(*, what: str, page: str, email: str) -> None:
    """Write to the office; the same report sent twice on one day is one letter."""
    settings = current_settings()
    day = formats.local(now(), settings.default_zone)
    told = hashlib.sha256(f"{day:%F}\n{what}\n{page}\n{email}".encode()).hexdigest()[:32]
    mail.enqueue(
        Letter(
            key=f"barrier-{told}",
            template=LETTER,
            to_address=settings.organiser_email,
            to_name=settings.organiser_name,
            language=DEFAULT,
            about="barrier",
            context={"what": what, "page": page, "email": email},
        )
    )
