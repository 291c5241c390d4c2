"""The mails as they go over the wire, read back by the standard library's own parser."""

import io
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage, Message
from email.policy import compat32
from email.utils import getaddresses, parsedate_to_datetime

import pytest
import sqlalchemy as sa
import zxingcpp
from flask import Flask
from PIL import Image

from eventmgr.clock import now
from eventmgr.db import db, transaction
from eventmgr.mail import worker
from eventmgr.mail.delivery import compose, render
from eventmgr.mail.models import OutboxLetter
from eventmgr.programme import service as programme
from eventmgr.registration import secrets, service
from tests.factories import an_event
from tests.mail.outbox import a_letter, stored
from tests.mail.sink import Sink
from tests.registration.people import a_confirmed, cancel, move, sign_up

pytestmark = pytest.mark.usefixtures("session")


def sent(sink: Sink) -> EmailMessage:
    """Deliver everything and return what arrived last."""
    worker.deliver_due()
    return sink.messages()[-1]


def structure(part: Message) -> object:
    """Return the types of a message, nested as they are."""
    if part.is_multipart():
        inner = part.get_payload()
        assert isinstance(inner, list)
        children = [structure(child) for child in inner if isinstance(child, Message)]
        return (part.get_content_subtype(), children)
    return part.get_content_type()


def calendar_part(message: EmailMessage) -> EmailMessage:
    found = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    assert len(found) == 1
    assert isinstance(found[0], EmailMessage)
    return found[0]


def calendar_text(message: EmailMessage) -> str:
    content = calendar_part(message).get_payload(decode=True)
    assert isinstance(content, bytes)
    return content.decode()


def test_a_plain_letter_is_text_and_html_with_its_pictures(sink: Sink) -> None:
    sign_up(an_event())
    assert structure(sent(sink)) == (
        "alternative",
        ["text/plain", ("related", ["text/html", "image/png"])],
    )


def test_a_ticket_brings_the_calendar_as_an_attachment_without_reply_buttons(sink: Sink) -> None:
    ada = a_confirmed(an_event())
    message = sent(sink)
    assert structure(message) == (
        "mixed",
        [
            ("alternative", ["text/plain", ("related", ["text/html", "image/png", "image/png"])]),
            "text/calendar",
        ],
    )
    part = calendar_part(message)
    assert (part.get_param("method"), part.get_content_charset()) == ("PUBLISH", "utf-8")
    assert (part.get_content_disposition(), part.get_filename()) == ("attachment", "event.ics")
    assert part["Content-Transfer-Encoding"] == "base64"
    lines = calendar_text(message).replace("\r\n ", "").split("\r\n")
    assert ("METHOD:PUBLISH" in lines, f"UID:reg-{ada.nonce}@eventmgr.example" in lines) == (
        True,
        True,
    )
    assert [line for line in lines if line.startswith("ATTENDEE") or "\n" in line] == []


@pytest.mark.parametrize("cause", ["person", "event"])
def test_a_cancellation_is_an_alternative_so_that_mail_programs_apply_it(
    sink: Sink, cause: str
) -> None:
    event = an_event()
    ada = a_confirmed(event)
    published = calendar_text(sent(sink))
    if cause == "person":
        cancel(ada)
    else:
        with transaction():
            programme.cancel(event, note={})
            service.tell_cancelled(event)
    message = sent(sink)
    assert structure(message) == (
        "alternative",
        ["text/plain", ("related", ["text/html", "image/png"]), "text/calendar"],
    )
    part = calendar_part(message)
    assert (part.get_param("method"), part.get_content_disposition()) == ("CANCEL", None)
    same = ("UID", "DTSTART", "DTEND", "ORGANIZER")
    assert _values(calendar_text(message), *same) == _values(published, *same)
    assert _values(calendar_text(message), "METHOD", "STATUS") == {
        "METHOD": "CANCEL",
        "STATUS": "CANCELLED",
    }
    assert _sequence(calendar_text(message)) > _sequence(published)


def test_a_move_updates_the_entry_under_the_same_uid(sink: Sink) -> None:
    event = an_event()
    a_confirmed(event)
    published = calendar_text(sent(sink))
    day = timedelta(days=1)
    move(event, starts_at=event.starts_at + day, ends_at=event.ends_at + day)
    moved = calendar_text(sent(sink))
    assert _values(moved, "UID", "METHOD", "ORGANIZER") == _values(
        published, "UID", "METHOD", "ORGANIZER"
    )
    assert _values(moved, "DTSTART") != _values(published, "DTSTART")
    assert _sequence(moved) == _sequence(published) + 1


def test_the_organiser_of_the_entry_is_the_sender_of_the_letter(sink: Sink) -> None:
    a_confirmed(an_event())
    message = sent(sink)
    sender = message["From"].addresses[0].addr_spec
    assert calendar_text(message).replace("\r\n ", "").count(f"mailto:{sender}") == 1


def test_waiting_or_unconfirmed_people_get_no_calendar_entry(sink: Sink) -> None:
    event = an_event(capacity=1)
    sign_up(event)
    sign_up(event, "bo@example.org")
    worker.deliver_due()
    types = {part.get_content_type() for mail in sink.messages() for part in mail.walk()}
    assert "text/calendar" not in types


def test_the_qr_in_the_letter_is_the_one_of_the_ticket(sink: Sink) -> None:
    ada = a_confirmed(an_event())
    pictures = {
        str(part["Content-ID"]): part.get_payload(decode=True)
        for part in sent(sink).walk()
        if part.get_content_type() == "image/png"
    }
    assert sorted(pictures) == ["<mark>", "<qr>"]
    picture = pictures["<qr>"]
    assert isinstance(picture, bytes)
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
    assert found.text == secrets.qr_text(secrets.ticket_code(ada))


def test_every_picture_that_the_html_shows_is_enclosed(sink: Sink) -> None:
    a_confirmed(an_event())
    message = sent(sink)
    html = message.get_body(("html",))
    assert html is not None
    shown = {piece.partition('"')[0] for piece in html.get_content().split("cid:")[1:]}
    assert shown == {"mark", "qr"}


def test_the_headers_say_from_whom_about_what_and_that_no_reply_robot_should_answer(
    app: Flask, sink: Sink
) -> None:
    ada = sign_up(an_event(title={"de": "Gießerei", "en": "Foundry"}))
    message = sent(sink)
    letter = stored()
    settings = app.extensions["settings"]
    assert str(message["From"]) == f"StrategieWerkstatt <{settings.mail_from}>"
    assert str(message["Reply-To"]) == f"{settings.organiser_name} <{settings.organiser_email}>"
    assert str(message["To"]) == "Ada Lovelace <ada@example.org>"
    assert str(message["Subject"]) == "Please confirm your place: Foundry"
    assert message["Message-ID"] == letter.message_id
    assert message["References"] == f"<registration-{ada.id}@{settings.calendar_domain}>"
    assert (message["Auto-Submitted"], message["Content-Language"]) == ("auto-generated", "en")
    assert abs(parsedate_to_datetime(message["Date"]) - now()) < timedelta(minutes=1)


def test_the_text_and_the_html_arrive_as_they_were_written(sink: Sink) -> None:
    a_confirmed(an_event(title={"de": "Gießerei – Šołćina, 会议, 👩‍🔬"}))
    message = sent(sink)
    letter = db.session.scalars(sa.select(OutboxLetter).order_by(OutboxLetter.id.desc())).first()
    assert letter is not None
    written = render(letter)
    bodies = [message.get_body((kind,)) for kind in ("plain", "html")]
    texts = [body.get_content().replace("\r\n", "\n") for body in bodies if body is not None]
    assert texts == [written.text, written.html + "\n"]


@pytest.mark.parametrize(
    "name",
    [
        "Małgorzata Weißgerber-Šołćina",
        "欧阳 雪梅",
        "אורי כהן",
        "👩‍🔬 Zoë",
        'Ada "the Countess", Lovelace; <x@y>',
        "Nils " + "Lindqvist-Ånderssön " * 9 + "Ende",
    ],
)
def test_names_of_any_script_and_length_survive_the_header(sink: Sink, name: str) -> None:
    sign_up(an_event(), name=name)
    worker.deliver_due()
    header = message_from_bytes(sink.mails[-1], policy=compat32)["To"]
    (written,) = getaddresses([str(make_header(decode_header(unfolded(header))))])
    assert written == (name, "ada@example.org")


def unfolded(header: str) -> str:
    return header.replace("\r\n", "").replace("\n", "")


def test_the_wire_is_ascii_with_short_lines(sink: Sink) -> None:
    a_confirmed(an_event(title={"de": "Gießerei 会议 " * 20}))
    worker.deliver_due()
    mail = sink.mails[-1]
    assert (mail.isascii(), max(map(len, mail.split(b"\r\n"))) <= 998) == (True, True)
    assert mail.replace(b"\r\n", b"").count(b"\n") == 0


def test_a_title_cannot_add_headers(sink: Sink) -> None:
    sign_up(an_event(title={"de": "Foundry\r\nBcc: all@example.org"}))
    message = sent(sink)
    assert (message["Bcc"], str(message["Subject"])) == (
        None,
        "Please confirm your place: Foundry Bcc: all@example.org",
    )


def test_a_domain_of_any_script_is_written_in_ascii(sink: Sink) -> None:
    sign_up(an_event(), "ada@gießerei-müller.de")
    assert sent(sink)["To"].addresses[0].addr_spec == "ada@xn--gieerei-mller-ddb55b.de"


def test_an_address_with_another_script_before_the_at_reaches_a_server_that_knows_it(
    sink: Sink,
) -> None:
    sign_up(an_event(), "ädä@example.org")
    worker.deliver_due()
    assert stored("ädä").state == "sent"


def test_the_sender_stays_when_the_office_has_the_same_address(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = app.extensions["settings"]
    same = replace(settings, organiser_email=settings.mail_from)
    monkeypatch.setitem(app.extensions, "settings", same)
    letter = OutboxLetter(
        **{name: value for name, value in vars(a_letter()).items() if name != "about"},
        message_id="<1@eventmgr.example>",
        about="",
    )
    message = compose(letter)
    assert (message["Reply-To"], message["References"]) == (None, None)


def _values(text: str, *names: str) -> dict[str, str]:
    lines = [line.partition(":") for line in text.replace("\r\n ", "").split("\r\n")]
    found = {head.partition(";")[0]: value for head, _colon, value in lines}
    return {name: found[name] for name in names}


def _sequence(text: str) -> int:
    return int(_values(text, "SEQUENCE")["SEQUENCE"])
