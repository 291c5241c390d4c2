from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask_sqlalchemy.session import Session
from sqlalchemy.orm import scoped_session

from eventmgr.checkin import queries, service
from eventmgr.checkin.errors import NonceTaken, NothingToUndo
from eventmgr.checkin.models import CheckIn, Outcome
from eventmgr.checkin.queries import Count
from eventmgr.checkin.service import Scan
from eventmgr.clock import now
from eventmgr.registration.models import Registration, Status
from tests.checkin.door_cast import a_desk, a_person, a_scan, an_event_today
from tests.factories import an_event
from tests.statements import counted

Db = scoped_session[Session]


def outcomes(session: Db) -> list[Outcome]:
    """Return the log of the door."""
    return list(session.scalars(sa.select(CheckIn.outcome).order_by(CheckIn.id)))


def test_a_ticket_lets_its_bearer_in_and_says_who_it_is(session: Db) -> None:
    desk = a_desk(an_event_today())
    ada = a_person(desk.event_id)
    scan = a_scan()
    result = service.check_in(desk.door, scan, f"HTTPS://X.EXAMPLE/T/{ada.code}")
    assert result == queries.ScanResult(
        scan.nonce,
        Outcome.ADMITTED,
        "Ada Lovelace",
        "TU Dresden",
        "science",
        since=scan.scanned_at,
        device="Einlass Nord",
    )
    assert queries.count(desk.door) == Count(present=1, expected=1)


def test_the_same_ticket_again_says_since_when_and_by_which_device(session: Db) -> None:
    event = an_event_today()
    north, south = a_desk(event), a_desk(event, "Einlass Süd")
    ada = a_person(north.event_id)
    first = Scan("nonce-first", now() - timedelta(minutes=3))
    service.check_in(north.door, first, ada.code)
    again = service.check_in(south.door, a_scan(), ada.short_code)
    assert (again.outcome, again.since, again.device) == (
        Outcome.ALREADY_IN,
        first.scanned_at,
        "Einlass Nord",
    )
    assert queries.count(north.door).present == 1
    assert outcomes(session) == [Outcome.ADMITTED, Outcome.ALREADY_IN]


def test_a_scan_sent_twice_counts_once_and_gets_the_same_answer(session: Db) -> None:
    desk = a_desk(an_event_today())
    ada = a_person(desk.event_id)
    scan = a_scan()
    first = service.check_in(desk.door, scan, ada.code)
    assert service.check_in(desk.door, scan, ada.code) == first
    assert outcomes(session) == [Outcome.ADMITTED]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (Status.PENDING, Outcome.UNCONFIRMED),
        (Status.WAITLISTED, Outcome.WAITLISTED),
        (Status.CANCELLED, Outcome.CANCELLED),
    ],
)
def test_who_has_no_confirmed_place_is_named_and_not_let_in(
    session: Db, status: Status, expected: Outcome
) -> None:
    desk = a_desk(an_event_today())
    bo = a_person(desk.event_id, "Bo", status)
    result = service.check_in(desk.door, a_scan(), bo.code)
    assert (result.outcome, result.name, result.since) == (expected, "Bo", None)
    assert outcomes(session) == [expected]
    assert queries.count(desk.door).present == 0


def test_a_ticket_of_another_event_names_the_event_and_not_the_person(session: Db) -> None:
    desk = a_desk(an_event_today())
    other = an_event(title={"de": "InnoSlam Görlitz"})
    title, starts_at = other.title, other.starts_at
    bo = a_person(other.id, "Bo")
    result = service.check_in(desk.door, a_scan(), bo.code)
    assert (result.outcome, result.name, result.other_event, result.other_starts_at) == (
        Outcome.WRONG_EVENT,
        "",
        title,
        starts_at,
    )


@pytest.mark.parametrize("code", ["A" * 26, "K7QF2MZP", "WIFI:S:Gast;;", "", "\0"])
def test_a_code_that_nobody_has_leaves_a_row_too(session: Db, code: str) -> None:
    desk = a_desk(an_event_today())
    result = service.check_in(desk.door, a_scan("nonce-unknown"), code)
    assert result == queries.ScanResult("nonce-unknown", Outcome.UNKNOWN)
    assert outcomes(session) == [Outcome.UNKNOWN]


def test_a_tap_on_a_name_lets_in_people_of_this_event_only(session: Db) -> None:
    desk = a_desk(an_event_today())
    ada = a_person(desk.event_id)
    stranger = a_person(an_event().id, "Bo")
    tapped = service.check_in_person(desk.door, a_scan(), ada.id)
    assert (tapped.outcome, tapped.name) == (Outcome.ADMITTED, "Ada Lovelace")
    result = service.check_in_person(desk.door, a_scan(), stranger.id)
    assert (result.outcome, result.name) == (Outcome.UNKNOWN, "")


def test_an_undone_admission_is_a_row_and_frees_the_ticket(session: Db) -> None:
    desk = a_desk(an_event_today())
    ada = a_person(desk.event_id)
    first = service.check_in(desk.door, a_scan(), ada.code)
    undone = service.undo(desk.door, a_scan(), first.nonce)
    assert (undone.outcome, undone.name, undone.since) == (Outcome.UNDONE, "Ada Lovelace", None)
    assert queries.count(desk.door).present == 0
    assert service.check_in(desk.door, a_scan(), ada.code).outcome is Outcome.ADMITTED
    assert outcomes(session) == [Outcome.ADMITTED, Outcome.UNDONE, Outcome.ADMITTED]


def test_a_scan_sent_again_after_its_undo_lets_nobody_in(session: Db) -> None:
    desk = a_desk(an_event_today())
    ada, scan = a_person(desk.event_id), a_scan()
    service.check_in(desk.door, scan, ada.code)
    service.undo(desk.door, a_scan(), scan.nonce)
    assert service.check_in(desk.door, scan, ada.code).outcome is Outcome.ADMITTED
    assert queries.count(desk.door).present == 0
    assert outcomes(session) == [Outcome.ADMITTED, Outcome.UNDONE]


def test_an_undo_sent_twice_undoes_once(session: Db) -> None:
    desk = a_desk(an_event_today())
    ada = a_person(desk.event_id)
    first = service.check_in(desk.door, a_scan(), ada.code)
    scan = a_scan()
    undone = service.undo(desk.door, scan, first.nonce)
    service.check_in(desk.door, a_scan(), ada.code)
    assert service.undo(desk.door, scan, first.nonce).outcome is undone.outcome
    assert queries.count(desk.door).present == 1


def test_a_late_undo_does_not_put_out_who_was_let_in_again(session: Db) -> None:
    desk = a_desk(an_event_today())
    ada = a_person(desk.event_id)
    first = service.check_in(desk.door, a_scan(), ada.code)
    service.undo(desk.door, a_scan(), first.nonce)
    service.check_in(desk.door, a_scan(), ada.code)
    with pytest.raises(NothingToUndo):
        service.undo(desk.door, a_scan(), first.nonce)
    assert queries.count(desk.door).present == 1


def test_only_a_scan_that_let_in_at_this_door_can_be_undone(session: Db) -> None:
    desk, other = a_desk(an_event_today()), a_desk(an_event_today())
    refused = service.check_in(desk.door, a_scan(), "K7QF2MZP")
    elsewhere = service.check_in(other.door, a_scan(), a_person(other.event_id).code)
    for nonce in (refused.nonce, elsewhere.nonce, "nonce-never-seen"):
        with pytest.raises(NothingToUndo):
            service.undo(desk.door, a_scan(), nonce)
    assert queries.count(other.door).present == 1


def test_a_nonce_of_another_door_tells_nothing(session: Db) -> None:
    desk, other = a_desk(an_event_today()), a_desk(an_event_today())
    scan = a_scan()
    service.check_in(other.door, scan, a_person(other.event_id).code)
    with pytest.raises(NonceTaken):
        service.check_in(desk.door, scan, a_person(desk.event_id).code)


def test_on_the_second_day_everybody_comes_in_anew(
    session: Db, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = an_event(
        starts_at=now() - timedelta(minutes=5), ends_at=now() + timedelta(days=1, hours=8)
    )
    desk = a_desk(event)
    ada = a_person(desk.event_id)
    service.check_in(desk.door, a_scan(), ada.code)
    tomorrow = now() + timedelta(days=1)
    for module in ("service", "queries"):
        monkeypatch.setattr(f"eventmgr.checkin.{module}.now", lambda: tomorrow)
    assert queries.count(desk.door) == Count(present=0, expected=1)
    scan = Scan("nonce-day-two", tomorrow)
    result = service.check_in(desk.door, scan, ada.code)
    assert (result.outcome, result.since) == (Outcome.ADMITTED, tomorrow)
    assert queries.count(desk.door) == Count(present=1, expected=1)


def test_whoever_cancels_after_coming_in_is_neither_here_nor_expected(session: Db) -> None:
    desk = a_desk(an_event_today())
    for name in ("Ada", "Bo"):
        ada = a_person(desk.event_id, name)
        service.check_in(desk.door, a_scan(), ada.code)
    gone = session.get_one(Registration, ada.id)
    gone.status = Status.CANCELLED
    session.commit()
    assert queries.count(desk.door) == Count(present=1, expected=1)


def test_an_absurd_clock_is_replaced_by_ours(session: Db) -> None:
    desk = a_desk(an_event_today())
    ada = a_person(desk.event_id)
    before = now()
    absurd = Scan("nonce-from-1970", datetime.fromisoformat("1970-01-01T00:00:00+00:00"))
    since = service.check_in(desk.door, absurd, ada.code).since
    assert since is not None
    assert before <= since <= now()


def test_people_are_found_by_name_organisation_and_short_code(session: Db) -> None:
    desk = a_desk(an_event_today())
    ada = a_person(desk.event_id, "Małgorzata Weißgerber-Šołćina")
    bo = a_person(desk.event_id, "Bo", Status.CANCELLED)
    a_person(an_event().id, "Małgorzata Fremd")
    service.check_in(desk.door, a_scan(), ada.code)

    def found(words: str) -> list[int]:
        return [person.registration_id for person in queries.find_people(desk.door, words)]

    assert found("malgorzata") == [ada.id]
    assert found("WEISSGERBER solcina") == [ada.id]
    assert found("tu dresden") == [ada.id, bo.id]
    assert found(ada.short_code.lower()) == [ada.id]
    assert found("%") == found("") == found("nobody") == found("\0") == []
    (first, second) = queries.find_people(desk.door, "dresden")
    assert (first.admitted_at is not None, second.status) == (True, Status.CANCELLED)


def test_the_count_expects_confirmed_people_only(session: Db) -> None:
    desk = a_desk(an_event_today())
    for status in Status:
        a_person(desk.event_id, status.value, status)
    assert queries.count(desk.door) == Count(present=0, expected=1)
    assert session.scalar(sa.select(sa.func.count()).select_from(Registration)) == len(Status)


def test_a_scan_costs_four_statements(session: Db) -> None:
    desk = a_desk(an_event_today())
    ada, door, scan = a_person(desk.event_id), desk.door, a_scan()
    with counted() as statements:
        service.check_in(door, scan, ada.code)
    assert [statement.split()[0] for statement in statements] == [
        "SELECT",  # whose ticket
        "INSERT",  # in
        "INSERT",  # the log
        "SELECT",  # the answer
    ]
