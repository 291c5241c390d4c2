"""The ways a letter leaves this installation: SMTP, or a mailbox that keeps everything."""

import smtplib
import ssl
from typing import Protocol
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from jinja2 import TemplateError

from eventmgr.mail.delivery import compose
from eventmgr.mail.models import OutboxLetter
from eventmgr.settings import current_settings

TIMEOUT = 20


class MailServerDown(OSError):
    """The mail server cannot be reached or does not let us in: no letter's own fault."""


class Transport(Protocol):
    """Something that takes a letter, or raises what `is_for_good` can judge."""

    def send(self, letter: OutboxLetter) -> None:
        """Hand the letter over."""

    def close(self) -> None:
        """Let go of the connection."""


class Mailbox:
    """Keeps letters where they are; the demonstration shows them on a page.

    So the worker need not even hand them over.
    """

    def send(self, letter: OutboxLetter) -> None:
        """Accept everything."""

    def close(self) -> None:
        """Nothing is open."""


class Smtp:
    """One connection to the mail server, opened at the first letter."""

    def __init__(self, url: str) -> None:
        """Read `smtp://user:password@host:port?starttls=1` or `smtps://…`."""
        self._url = urlsplit(url)
        self._connection: smtplib.SMTP | None = None

    def send(self, letter: OutboxLetter) -> None:
        """Send one letter, over a new connection where the last one went wrong."""
        message = compose(letter)
        if self._connection is None:
            self._connection = _connect(self._url)
        try:
            self._connection.send_message(message)
        except smtplib.SMTPRecipientsRefused:
            raise  # of this letter only: the connection is good for the next one
        except Exception:
            self.close()
            raise

    def close(self) -> None:
        """Say goodbye; a dead connection is simply dropped."""
        if self._connection is not None:
            connection, self._connection = self._connection, None
            try:
                connection.quit()
            except OSError:
                connection.close()


def _connect(url: SplitResult) -> smtplib.SMTP:
    host = url.hostname or "localhost"
    ours = urlsplit(current_settings().public_url).hostname  # or smtplib would ask DNS for a name
    context = ssl.create_default_context()
    connection: smtplib.SMTP
    try:
        if url.scheme == "smtps":
            port = url.port or smtplib.SMTP_SSL_PORT
            connection = smtplib.SMTP_SSL(host, port, ours, timeout=TIMEOUT, context=context)
        else:
            connection = smtplib.SMTP(host, url.port or smtplib.SMTP_PORT, ours, timeout=TIMEOUT)
    except OSError as error:
        raise MailServerDown(str(error)) from error
    try:
        if parse_qs(url.query).get("starttls") == ["1"]:
            connection.starttls(context=context)
        if url.username:
            connection.login(unquote(url.username), unquote(url.password or ""))
    except OSError as error:
        connection.close()
        raise MailServerDown(str(error)) from error
    return connection


def open_transport(url: str) -> Transport:
    """Return the way letters leave this installation."""
    return Mailbox() if url.startswith("mailbox:") else Smtp(url)


def is_for_good(error: Exception) -> bool:
    """Whether trying again cannot help: the address or the text is refused (RFC 5321, 4.2.1).

    Errors of the network are not, nor is a refused sender, which is a matter of our settings.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _reply in error.recipients.values())
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code >= 500
    is_ours = isinstance(error, (TemplateError, smtplib.SMTPNotSupportedError))
    return is_ours or not isinstance(error, OSError)
