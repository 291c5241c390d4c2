"""From an outbox row to a mail on its way: rendering, MIME, SMTP."""

import smtplib
import ssl
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from flask import render_template
from jinja2 import TemplateNotFound

from eventmgr import qr
from eventmgr.clock import now
from eventmgr.i18n import in_language, say
from eventmgr.mail.models import OutboxLetter
from eventmgr.settings import current_settings

TIMEOUT = 20
QR_SCALE = 6


@dataclass(frozen=True)
class Rendered:
    """A letter as its reader sees it."""

    subject: str
    text: str
    html: str


class Transport(Protocol):
    """Something that takes a mail or raises OSError or smtplib.SMTPException."""

    def send(self, message: EmailMessage) -> None:
        """Hand the mail over."""

    def close(self) -> None:
        """Let go of the connection."""


def render(letter: OutboxLetter) -> Rendered:
    """Write the letter in its reader's language."""
    with in_language(letter.language):
        facts: dict[str, Any] = {**letter.context, "to_name": letter.to_name}
        subject = " ".join(render_template(f"{letter.template}.subject.txt", **facts).split())
        text = render_template(f"{letter.template}.txt", subject=subject, **facts)
        html = render_template(f"{letter.template}.html", subject=subject, **facts)
    return Rendered(subject, text.strip() + "\n", html)


def compose(letter: OutboxLetter) -> EmailMessage:
    """Build the mail: plain text, HTML, inline QR, calendar part (RFC 2045, RFC 6047)."""
    rendered = render(letter)
    settings = current_settings()
    with in_language(letter.language):
        sender = Address(say(settings.programme_name), addr_spec=settings.mail_from)
    message = EmailMessage(policy=SMTP)
    message["Subject"] = rendered.subject
    message["From"] = sender
    message["To"] = Address(letter.to_name, addr_spec=letter.to_address)
    message["Message-ID"] = letter.message_id
    message["Date"] = format_datetime(now())
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = letter.language
    if letter.about:
        thread = letter.about.replace(":", "-")
        message["References"] = f"<{thread}@{settings.calendar_domain}>"
    message.set_content(rendered.text)
    message.add_alternative(rendered.html, subtype="html")
    if "qr" in letter.context:
        symbol = qr.symbol(letter.context["qr"], mask=letter.context.get("qr_mask"))
        html_part = message.get_payload()[1]  # type: ignore[index] # multipart/alternative from above
        html_part.add_related(qr.as_png(symbol, scale=QR_SCALE), "image", "png", cid="<qr>", filename="qr.png")  # type: ignore[union-attr]
    if "calendar" in letter.context:
        _add_calendar(message, letter.context["calendar"], letter.context["calendar_method"])
    return message


def _add_calendar(message: EmailMessage, text: str, method: str) -> None:
    """Add the calendar last, with the method in the part's header too (RFC 6047, 2.4).

    PUBLISH goes as an attachment to add, without reply buttons; CANCEL must be an alternative to be applied.
    """
    body = text.encode()
    params = {"method": method, "charset": "utf-8"}
    if method == "PUBLISH":
        message.add_attachment(
            body, maintype="text", subtype="calendar", params=params, cte="base64", filename="event.ics"
        )
    else:
        message.add_alternative(body, maintype="text", subtype="calendar", params=params, cte="base64")


class Mailbox:
    """Keeps letters where they are; the demonstration shows them on a page."""

    def send(self, message: EmailMessage) -> None:
        """Accept everything."""

    def close(self) -> None:
        """Nothing is open."""


class Smtp:
    """One connection to the mail server, opened at the first letter."""

    def __init__(self, url: str) -> None:
        """Read `smtp://user:password@host:port?starttls=1` or `smtps://…`."""
        self._url = urlsplit(url)
        self._starttls = parse_qs(self._url.query).get("starttls", ["0"])[0] == "1"
        self._connection: smtplib.SMTP | None = None

    def send(self, message: EmailMessage) -> None:
        """Send one mail, reconnecting where the server has hung up."""
        if self._connection is None:
            self._connection = self._connect()
        try:
            self._connection.send_message(message)
        except (OSError, smtplib.SMTPServerDisconnected):
            self.close()
            raise

    def close(self) -> None:
        """Say goodbye; a dead connection is simply dropped."""
        if self._connection is not None:
            connection, self._connection = self._connection, None
            try:
                connection.quit()
            except (OSError, smtplib.SMTPException):
                connection.close()

    def _connect(self) -> smtplib.SMTP:
        host = self._url.hostname or "localhost"
        context = ssl.create_default_context()
        connection: smtplib.SMTP
        if self._url.scheme == "smtps":
            connection = smtplib.SMTP_SSL(host, self._url.port or 465, timeout=TIMEOUT, context=context)
        else:
            connection = smtplib.SMTP(host, self._url.port or 25, timeout=TIMEOUT)
            if self._starttls:
                connection.starttls(context=context)
        if self._url.username:
            connection.login(unquote(self._url.username), unquote(self._url.password or ""))
        return connection


def open_transport(url: str) -> Transport:
    """Return the way letters leave this installation."""
    return Mailbox() if url.startswith("mailbox:") else Smtp(url)


def is_for_good(error: Exception) -> bool:
    """Whether trying again cannot help: the server refuses this address or text (RFC 5321, 4.2.1: 5yz)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _reply in error.recipients.values())  # noqa: PLR2004
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code >= 500 and not isinstance(error, smtplib.SMTPAuthenticationError)  # noqa: PLR2004
    return isinstance(error, (TemplateNotFound, UnicodeError, ValueError))
