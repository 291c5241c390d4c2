import re
from datetime import timedelta
from html import unescape

import pytest
import sqlalchemy as sa
from flask import Flask

from eventmgr.db import db, transaction
from eventmgr.i18n import LANGUAGES, in_language
from eventmgr.i18n.formats import long_day
from eventmgr.mail.delivery import Rendered, render
from eventmgr.mail.models import OutboxLetter
from eventmgr.programme import service as programme
from eventmgr.programme.models import AttendanceMode
from eventmgr.registration import secrets, service
from eventmgr.registration.models import Registration
from tests.factories import a_venue, an_event, at_berlin
from tests.registration.people import (
    a_confirmed,
    answers,
    cancel,
    confirm,
    move,
    registration_of,
    sign_up,
)

pytestmark = pytest.mark.usefixtures("session")
KINDS = (
    "confirm",
    "confirmed",
    "waitlisted",
    "promoted",
    "cancelled",
    "event_moved",
    "event_cancelled",
)
NASTY = '<b>Ada</b> & "Co" {{ 7*7 }}'


def last_letter() -> OutboxLetter:
    letter = db.session.scalar(sa.select(OutboxLetter).order_by(OutboxLetter.id.desc()).limit(1))
    assert letter is not None
    return letter


def last() -> Rendered:
    return render(last_letter())


def calendar_lines(*names: str) -> list[str]:
    """Return those lines of the calendar part of the last letter."""
    text = last_letter().context["calendar"].replace("\r\n ", "")
    return [line for line in text.split("\r\n") if line.partition(":")[0] in names]


def every_letter(language: str) -> list[OutboxLetter]:
    """Write each letter there is, in each of its forms, to somebody with a nasty name."""
    event = an_event(
        capacity=2,
        title={"de": NASTY},
        doors_at=None,
        zone="America/Los_Angeles",
        venue=a_venue(zone="America/Los_Angeles", nearest_stop=NASTY),
    )
    ada = a_confirmed(event, language=language, name=NASTY)
    sign_up(event, "bo@example.org", language=language)
    for email in ("cy@example.org", "di@example.org"):
        a_confirmed(event, email, language=language)
    sign_up(event, "ed@example.org", language=language)
    for email in ("ada@example.org", "ed@example.org"):
        cancel(registration_of(event, email))
    with transaction():
        service.cancel(registration_of(event, "bo@example.org"), reason=service.EXPIRED)
    with transaction():
        service.cancel(registration_of(event, "cy@example.org"), reason=NASTY)
    sign_up(event, "fi@example.org", language=language)
    sign_up(event, "gi@example.org", language=language)
    move(event, note={"de": NASTY}, starts_at=event.starts_at - timedelta(days=1))
    move(event, note={"de": NASTY}, venue_id=None, room_id=None)
    with transaction():
        programme.cancel(event, note={"de": NASTY})
        service.tell_cancelled(event)
    assert ada.language == language
    return list(db.session.scalars(sa.select(OutboxLetter).order_by(OutboxLetter.id)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_can_be_written_in_every_language_and_escapes_what_people_typed(
    language: str,
) -> None:
    letters = every_letter(language)
    kinds = {letter.template.rpartition("/")[2] for letter in letters}
    assert kinds == set(KINDS)
    for letter in letters:
        written = render(letter)
        assert (written.subject, written.text, written.html) != ("", "", "")
        assert f'<html lang="{language}">' in written.html
        assert "<b>Ada" not in written.html
        assert "%(" not in written.subject + written.text + written.html
        assert (
            letter.context["my_url"] in written.text
            or "event_cancelled" in letter.template
            or ("cancelled" in letter.template)
        )


def test_the_letter_to_confirm_says_until_when_and_what_happens_otherwise() -> None:
    ada = sign_up(an_event(title={"en": "Hydrogen"}))
    letter, facts = last(), last_letter().context
    assert letter.subject == "Please confirm your place: Hydrogen"
    assert f"Confirm your address by {facts['held_until']}" in letter.text
    assert secrets.personal_address(ada) in letter.text
    assert f'href="{secrets.personal_address(ada)}"' in letter.html
    assert ("calendar" in facts, "qr" in facts) == (False, False)
    assert [name for name in ("code", "qr", "pdf_url") if name in facts] == []


def test_the_ticket_letter_has_qr_code_pdf_and_calendar() -> None:
    ada = a_confirmed(an_event(title={"en": "Hydrogen"}))
    letter, facts = last(), last_letter().context
    assert letter.subject.startswith("Your ticket: Hydrogen, ")
    assert facts["qr"] == secrets.qr_text(secrets.ticket_code(ada))
    assert facts["pdf_url"] == f"{secrets.personal_address(ada)}/ticket.pdf"
    assert ('src="cid:qr"' in letter.html, secrets.readable(ada.short_code) in letter.text) == (
        True,
        True,
    )
    assert calendar_lines("METHOD", "UID", "STATUS", "SEQUENCE", "ATTENDEE", "DTSTART") == [
        "METHOD:PUBLISH",
        f"UID:reg-{ada.nonce}@eventmgr.example",
        "SEQUENCE:1",
        "STATUS:CONFIRMED",
        f"DTSTART:{ada.event.starts_at:%Y%m%dT%H%M%SZ}",
    ]


def test_the_letter_to_the_line_tells_the_position_and_asks_for_the_address_once() -> None:
    event = an_event(capacity=1, title={"en": "Hydrogen"})
    for email in ("ada@example.org", "bo@example.org"):
        sign_up(event, email)
    cy = sign_up(event, "cy@example.org")
    assert last().subject == "You are number 2 in line: Hydrogen"
    assert "Yes, this is my address" in last().html
    assert "calendar" not in last_letter().context
    confirm(cy)
    with transaction():
        db.session.execute(sa.delete(OutboxLetter))
    sign_up(event, "cy@example.org")
    assert ("Yes, this is my address" in last().html, "See where I stand" in last().html) == (
        False,
        True,
    )


def test_who_moves_up_with_a_known_address_gets_the_ticket_at_once() -> None:
    event = an_event(capacity=1, title={"en": "Hydrogen"})
    ada = sign_up(event)
    a_confirmed(event, "bo@example.org")
    cancel(ada)
    assert last().subject == "A place fell free for you: Hydrogen"
    assert "A place fell free, and it is yours" in last().text
    assert calendar_lines("METHOD") == ["METHOD:PUBLISH"]


def test_who_moves_up_with_an_unknown_address_has_to_confirm() -> None:
    event = an_event(capacity=1)
    ada = sign_up(event)
    sign_up(event, "bo@example.org")
    cancel(ada)
    facts = last_letter().context
    assert f"Confirm your address by {facts['held_until']}" in last().text
    assert ("calendar" in facts, "qr" in facts) == (False, False)


def test_a_cancelled_ticket_leaves_the_calendar() -> None:
    ada = a_confirmed(an_event())
    cancel(ada)
    assert "Your place is free again" in last().text
    assert calendar_lines("METHOD", "STATUS", "SEQUENCE", "UID") == [
        "METHOD:CANCEL",
        f"UID:reg-{ada.nonce}@eventmgr.example",
        "SEQUENCE:2",
        "STATUS:CANCELLED",
    ]


def test_who_joins_again_gets_an_entry_that_calendars_take_for_newer() -> None:
    event = an_event()
    cancel(a_confirmed(event))
    a_confirmed(event)
    assert calendar_lines("METHOD", "SEQUENCE") == ["METHOD:PUBLISH", "SEQUENCE:3"]


def test_a_hold_that_ran_out_is_explained() -> None:
    event = an_event(title={"en": "Hydrogen"})
    ada = sign_up(event)
    with transaction():
        service.cancel(ada, reason=service.EXPIRED)
    assert last().subject == "We no longer keep a place for you: Hydrogen"
    assert "was not confirmed in time" in last().text
    assert (service.EXPIRED in last().text, "calendar" in last_letter().context) == (False, False)


def test_the_reason_that_the_office_typed_stands_in_the_letter() -> None:
    ada = a_confirmed(an_event())
    with transaction():
        service.cancel(ada, reason="The workshop is for <members> only.")
    assert "The project office writes: The workshop is for <members> only." in last().text
    assert "for &lt;members&gt; only." in last().html


def test_a_moved_event_names_both_dates_and_updates_calendars() -> None:
    event = an_event(title={"en": "Hydrogen"})
    ada = a_confirmed(event)
    former = event.starts_at
    move(event, starts_at=former + timedelta(days=1), ends_at=former + timedelta(days=1, hours=5))
    letter, facts = last(), last_letter().context
    assert letter.subject == f"New date: Hydrogen, {facts['short_day']}"
    assert (facts["former"] in letter.text, facts["day"] in letter.text) == (True, True)
    assert calendar_lines("METHOD", "UID", "SEQUENCE") == [
        "METHOD:PUBLISH",
        f"UID:reg-{ada.nonce}@eventmgr.example",
        "SEQUENCE:2",
    ]


def test_an_event_at_another_place_on_the_same_day_is_not_called_a_new_date() -> None:
    event = an_event(title={"en": "Hydrogen"})
    a_confirmed(event)
    move(event, venue_id=a_venue(name="Kulturpalast").id)
    assert last().subject == "Something has changed: Hydrogen"
    assert "“Hydrogen” takes place in another room or at another place." in last().text
    assert "Before: Zeitenströmung\n" in last().text
    assert ("Kulturpalast" in last().text, last_letter().context["former"]) == (True, "")


def test_each_letter_names_what_its_own_move_has_changed() -> None:
    event = an_event(title={"en": "Hydrogen"}, starts_at=at_berlin(14, 10))
    a_confirmed(event)
    with in_language("en"):
        first, second = (long_day(at_berlin(days), "Europe/Berlin") for days in (14, 20))
    move(event, starts_at=at_berlin(20, 10), ends_at=at_berlin(20, 16))
    assert last().subject.startswith("New date: Hydrogen, ")
    assert f"Before: {first}, 10:00 to 16:00\n" in last().text
    move(event, starts_at=at_berlin(20, 11))
    assert last().subject == "Something has changed: Hydrogen"
    assert f"Before: {second}, 10:00 to 16:00\n" in last().text
    assert first not in last().text
    move(event, attendance_mode=AttendanceMode.MIXED)
    assert last().subject == "Something has changed: Hydrogen"
    assert "How people take part: On site and online\n" in last().text
    assert "Before" not in last().text
    move(event, venue_id=a_venue(name="Kulturpalast").id, ends_at=at_berlin(20, 17))
    assert "Time and place of “Hydrogen” have changed." in last().text
    assert f"Before: {second}, 11:00 to 16:00, Zeitenströmung\n" in last().text


def test_an_event_that_comes_back_says_so_and_its_ticket_is_valid_again() -> None:
    event = an_event(title={"en": "Hydrogen"})
    a_confirmed(event)
    with transaction():
        programme.cancel(event, note={})
    move(event, starts_at=event.starts_at + timedelta(hours=1))
    assert last().subject.startswith("Takes place after all: Hydrogen, ")
    for text in (last().text, last().html):
        assert "This event takes place after all" in text
        assert "“Hydrogen” was cancelled. Now it takes place after all." in text
        assert "Your ticket is valid again." in text


def test_a_cancelled_event_clears_calendars_of_those_who_had_a_ticket() -> None:
    event = an_event(title={"en": "Hydrogen"})
    a_confirmed(event)
    with transaction():
        programme.cancel(event, note={"en": "The speaker is **ill**."})
        service.tell_cancelled(event)
    assert last().subject.startswith("Will not take place: Hydrogen, ")
    assert "The speaker is ill." in last().text
    assert calendar_lines("METHOD", "STATUS", "SEQUENCE") == [
        "METHOD:CANCEL",
        "SEQUENCE:2",
        "STATUS:CANCELLED",
    ]


def test_an_online_event_tells_where_the_link_is_and_keeps_it_for_the_page() -> None:
    event = an_event(
        is_online=True,
        attendance_mode=AttendanceMode.ONLINE,
        online_url="https://meet.example/secret",
    )
    a_confirmed(event)
    assert "You find the link to join on your personal page." in last().text
    assert "meet.example" not in last().text + last().html


def test_an_event_abroad_names_its_own_time(session: object) -> None:
    event = an_event(venue=a_venue(zone="America/Los_Angeles"))
    sign_up(event)
    assert re.search(r"Local time: .*Pacific", last().text)
    assert session is not None


def test_letters_are_in_the_language_of_the_sign_up(app: Flask) -> None:
    event = an_event(title={"de": "Wasserstoff", "fr": "Hydrogène"})
    with transaction():
        service.sign_up(event, answers(), language="fr")
    assert ("Hydrogène" in last().subject, last_letter().language) == (True, "fr")
    assert app is not None


def test_plain_text_and_html_say_the_same() -> None:
    a_confirmed(an_event())
    letter = last()
    words = re.sub(r"<(style|title)>.*?</\1>|<[^>]+>", " ", letter.html, flags=re.DOTALL)
    in_html = " ".join(unescape(words).split())
    lines = [line.strip() for line in letter.text.splitlines() if len(line) > 30]
    said = [line for line in lines if not line.startswith("http") and "http" not in line]
    assert [line for line in said if line.rstrip(":") not in in_html] == [
        "StrategieWerkstatt · Industry of the future",
        f"Code to read out at the entrance: {last_letter().context['short_code']}",
    ]


def test_the_same_person_has_one_entry_in_the_outbox_for_each_cause() -> None:
    event = an_event()
    ada = a_confirmed(event)
    keys = list(db.session.scalars(sa.select(OutboxLetter.key).order_by(OutboxLetter.id)))
    assert [re.sub(r"-\d+$", "", key) for key in keys] == [
        f"registration-{ada.id}-confirm-1-0",
        f"registration-{ada.id}-confirmed-1-0",
    ]
    assert db.session.get(Registration, ada.id) is not None
