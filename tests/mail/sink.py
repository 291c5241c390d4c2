"""A mail server for tests: it keeps what it takes, and refuses whom it is told to refuse."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from socket import socket

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

HOST = "127.0.0.1"
MESSAGE_ID = re.compile(rb"^Message-ID: (\S+)\r$", re.MULTILINE)


@dataclass
class Sink:
    """What arrived, and the answers to give instead of taking a mail."""

    mails: list[bytes] = field(default_factory=list)
    of_recipient: dict[str, str] = field(default_factory=dict)
    """Answer to RCPT by address."""
    of_text: dict[str, str] = field(default_factory=dict)
    """Answer to DATA by address."""
    port: int = 0
    connections: int = 0
    pause: float = 0.0

    @property
    def url(self) -> str:
        """The setting that sends letters here."""
        return f"smtp://{HOST}:{self.port}"

    def messages(self) -> list[EmailMessage]:
        """Return what arrived, parsed."""
        return [message_from_bytes(mail, policy=policy.default) for mail in self.mails]

    def ids(self) -> list[str]:
        """Return the Message-IDs in the order of arrival."""
        return [found.decode() for mail in self.mails for found in MESSAGE_ID.findall(mail)]

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self,
        _server: SMTP,
        session: Session,
        _envelope: Envelope,
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        """Count a connection."""
        session.host_name = hostname
        self.connections += 1
        return responses

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: object
    ) -> str:
        """Take or refuse a reader."""
        answer = self.of_recipient.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Take or refuse a mail."""
        if self.pause:
            await asyncio.sleep(self.pause)
        answer = self.of_text.get(envelope.rcpt_tos[0], "250 OK")
        if answer.startswith("250"):
            content = envelope.original_content
            self.mails.append(content or b"")
        return answer


@contextmanager
def running(sink: Sink) -> Iterator[Sink]:
    """Let the mail server run until the block ends."""
    with socket() as probe:
        probe.bind((HOST, 0))
        sink.port = probe.getsockname()[1]
    controller = Controller(sink, hostname=HOST, port=sink.port)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()
