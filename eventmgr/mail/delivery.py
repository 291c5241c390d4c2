"""From an outbox row to a mail: rendering and MIME (RFC 2045, 6047)."""

import re
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage, MIMEPart
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from email_validator import validate_email
from flask import render_template

from eventmgr import qr
from eventmgr.clock import now
from eventmgr.i18n import in_language, say
from eventmgr.mail.models import OutboxLetter
from eventmgr.settings import current_settings

_ONE_BLANK_LINE = re.compile(r"\n\s*\n")
QR_SCALE = 6
MARK = (Path(__file__).parent / "mark.png").read_bytes()
POLICY = SMTP.clone(cte_type="7bit")
"""Nothing beyond ASCII on the wire, so that servers without 8BITMIME need not rewrite it."""


@dataclass(frozen=True)
class Rendered:
    """A letter as its reader sees it."""

    subject: str
    text: str
    html: str


def render(letter: OutboxLetter) -> Rendered:
    """Write the letter in its reader's language."""
    with in_language(letter.language):
        facts: dict[str, Any] = {**letter.context, "to_name": letter.to_name}
        subject = " ".join(render_template(f"{letter.template}.subject.txt", **facts).split())
        text = render_template(f"{letter.template}.txt", subject=subject, **facts)
        html = render_template(f"{letter.template}.html", subject=subject, **facts)
    return Rendered(subject, _ONE_BLANK_LINE.sub("\n\n", text.strip()) + "\n", html)


def pictures(letter: OutboxLetter) -> dict[str, bytes]:
    """Return the PNGs that the HTML shows, by the name after `cid:`."""
    found = {"mark": MARK}
    if "qr" in letter.context:
        symbol = qr.symbol(letter.context["qr"], mask=letter.context.get("qr_mask"))
        found["qr"] = qr.as_png(symbol, scale=QR_SCALE)
    return found


def compose(letter: OutboxLetter) -> EmailMessage:
    """Build the mail: plain text, HTML with its pictures, the calendar part last."""
    rendered = render(letter)
    message = EmailMessage(policy=POLICY)
    _address(message, letter, rendered.subject)
    message.set_content(rendered.text)
    message.add_alternative(rendered.html, subtype="html")
    *_text, html = message.iter_parts()
    _add_pictures(html, letter)
    if "calendar" in letter.context:
        _add_calendar(message, letter.context["calendar"], letter.context["calendar_method"])
    message["Content-Language"] = letter.language  # last: each part added moves such headers down
    return message


def _address(message: EmailMessage, letter: OutboxLetter, subject: str) -> None:
    settings = current_settings()
    with in_language(letter.language):
        sender = say(settings.programme_name)
    message["Subject"] = subject
    message["From"] = _mail_address(sender, settings.mail_from)
    message["To"] = _mail_address(letter.to_name, letter.to_address)
    if settings.organiser_email != settings.mail_from:
        message["Reply-To"] = _mail_address(settings.organiser_name, settings.organiser_email)
    message["Message-ID"] = letter.message_id
    message["Date"] = format_datetime(now())
    message["Auto-Submitted"] = "auto-generated"
    if letter.about:
        thread = letter.about.replace(":", "-")
        message["References"] = f"<{thread}@{settings.calendar_domain}>"


def _mail_address(name: str, address: str) -> Address:
    """Return an address whose domain is in ASCII, as DNS and older servers want it."""
    local, _at, domain = address.rpartition("@")
    if not (local and domain):
        raise ValueError("an address needs a name and a domain")
    if not domain.isascii():
        domain = validate_email(address, check_deliverability=False).ascii_domain
    return Address(name, username=local, domain=domain)


def _add_pictures(html: MIMEPart, letter: OutboxLetter) -> None:
    for name, png in pictures(letter).items():
        html.add_related(
            png, "image", "png", cid=f"<{name}>", filename=f"{name}.png", disposition="inline"
        )


def _add_calendar(message: EmailMessage, text: str, method: str) -> None:
    """Add the calendar last, with the method in the part's header too (RFC 6047, 2.4).

    PUBLISH goes as an attachment to add, without reply buttons; CANCEL is applied by mail programs
    only where it is an alternative. Bytes, because a str would lose its CRLF.
    """
    params = {"method": method, "charset": "utf-8"}
    body = text.encode()
    if method == "PUBLISH":
        message.add_attachment(
            body,
            maintype="text",
            subtype="calendar",
            params=params,
            cte="base64",
            filename="event.ics",
        )
    else:
        message.add_alternative(
            body, maintype="text", subtype="calendar", params=params, cte="base64"
        )
