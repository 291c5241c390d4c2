from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask_sqlalchemy.session import Session
from sqlalchemy.orm import scoped_session

from eventmgr.accounts import history, tokens
from eventmgr.clock import now
from eventmgr.db import db, transaction
from eventmgr.programme import preview
from eventmgr.programme import service as programme
from eventmgr.programme.models import Event, ProgrammeVersion
from eventmgr.registration import feeds, queries, secrets, service
from eventmgr.registration.errors import SignUpClosed
from eventmgr.registration.models import FeedKey, Registration, Status
from tests.factories import an_event
from tests.registration.people import (
    a_confirmed,
    answers,
    cancel,
    confirm,
    counters,
    letters,
    registration_of,
    sign_up,
    statuses,
)
from tests.statements import counted

pytestmark = pytest.mark.usefixtures("session")
DbSession = scoped_session[Session]


def test_a_place_is_held_for_48_hours_until_the_letter_is_opened() -> None:
    event = an_event(capacity=2)
    before = now()
    ada = sign_up(event)
    assert (ada.status, ada.queue_number, ada.language) == (Status.PENDING, 1, "en")
    assert ada.held_until is not None
    assert before + timedelta(hours=48) <= ada.held_until <= now() + timedelta(hours=48)
    assert letters() == [("ada", "confirm")]
    assert counters(event) == (1, 0)


def test_the_person_after_the_last_place_is_waitlisted_and_told_the_position() -> None:
    event = an_event(capacity=1)
    for email in ("ada@example.org", "bo@example.org", "cy@example.org"):
        sign_up(event, email)
    assert statuses(event) == [
        ("ada", Status.PENDING),
        ("bo", Status.WAITLISTED),
        ("cy", Status.WAITLISTED),
    ]
    assert letters() == [("ada", "confirm"), ("bo", "waitlisted"), ("cy", "waitlisted")]
    line = [registration_of(event, f"{name}@example.org") for name in ("bo", "cy")]
    positions = [queries.waiting_position(person) for person in line]
    assert positions == [1, 2]
    assert counters(event) == (1, 2)


def test_nobody_overtakes_the_line_when_the_capacity_is_raised() -> None:
    event = an_event(capacity=1)
    for email in ("ada@example.org", "bo@example.org"):
        sign_up(event, email)
    with transaction():
        programme.change_event(event, capacity=2)
    sign_up(event, "cy@example.org")
    assert statuses(event)[1:] == [("bo", Status.WAITLISTED), ("cy", Status.WAITLISTED)]
    with transaction():
        assert service.promote(event.id) == 1
    assert statuses(event)[1:] == [("bo", Status.PENDING), ("cy", Status.WAITLISTED)]
    assert letters()[-1] == ("bo", "promoted")


def test_signing_up_twice_changes_nothing_and_sends_the_letter_once_in_ten_minutes() -> None:
    event = an_event(capacity=5)
    first = sign_up(event, name="Ada Lovelace")
    again = sign_up(event, "ADA@example.org ", name="Somebody else")
    assert (again.id, again.name, again.status) == (first.id, "Ada Lovelace", Status.PENDING)
    assert counters(event) == (1, 0)
    assert letters() == [("ada", "confirm")]


def test_signing_up_again_later_sends_the_letter_that_fits_now(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    event = an_event(capacity=5)
    a_confirmed(event)
    monkeypatch.setattr("eventmgr.registration.letters.now", lambda: now() + timedelta(minutes=11))
    sign_up(event)
    assert letters() == [("ada", "confirm"), ("ada", "confirmed"), ("ada", "confirmed")]


def test_confirming_makes_the_place_certain_and_opens_a_personal_feed() -> None:
    event = an_event()
    ada = a_confirmed(event)
    assert (ada.status, ada.held_until) == (Status.CONFIRMED, None)
    assert ada.address_confirmed_at is not None
    assert letters() == [("ada", "confirm"), ("ada", "confirmed")]
    assert queries.live_feed_key(ada.id) is not None


def test_confirming_twice_changes_nothing() -> None:
    event = an_event()
    ada = a_confirmed(event)
    confirmed_at = ada.address_confirmed_at
    confirm(ada)
    ada = registration_of(event, "ada@example.org")
    assert ada.address_confirmed_at == confirmed_at
    assert letters() == [("ada", "confirm"), ("ada", "confirmed")]
    assert [line.what for line in history.changes_of("registration", ada.id)] == [
        "confirmed",
        "signed up",
    ]


def test_somebody_in_the_line_can_confirm_the_address_and_then_moves_up_with_a_ticket() -> None:
    event = an_event(capacity=1)
    ada = sign_up(event)
    bo = a_confirmed(event, "bo@example.org")
    assert (bo.status, bo.address_confirmed_at is None) == (Status.WAITLISTED, False)
    cancel(ada)
    bo = registration_of(event, "bo@example.org")
    assert (bo.status, bo.held_until) == (Status.CONFIRMED, None)
    assert letters()[-2:] == [("ada", "cancelled"), ("bo", "promoted")]
    assert queries.live_feed_key(bo.id) is not None


def test_a_cancelled_place_goes_to_the_first_in_line_for_48_hours() -> None:
    event = an_event(capacity=1)
    ada = a_confirmed(event)
    for email in ("bo@example.org", "cy@example.org"):
        sign_up(event, email)
    assert cancel(ada) is True
    assert statuses(event) == [
        ("ada", Status.CANCELLED),
        ("bo", Status.PENDING),
        ("cy", Status.WAITLISTED),
    ]
    assert registration_of(event, "bo@example.org").held_until is not None
    assert counters(event) == (1, 1)
    assert letters()[-2:] == [("ada", "cancelled"), ("bo", "promoted")]


def test_leaving_the_line_frees_no_place() -> None:
    event = an_event(capacity=1)
    sign_up(event)
    bo = sign_up(event, "bo@example.org")
    cancel(bo)
    assert counters(event) == (1, 0)
    assert letters()[-1] == ("bo", "cancelled")


def test_cancelling_twice_gives_one_place_back() -> None:
    event = an_event(capacity=2)
    ada = sign_up(event)
    sign_up(event, "bo@example.org")
    assert (cancel(ada), cancel(ada)) == (True, False)
    assert counters(event) == (1, 0)
    assert letters().count(("ada", "cancelled")) == 1


def test_who_cancelled_may_join_again_at_the_end_of_the_line_and_confirms_anew() -> None:
    event = an_event(capacity=1)
    ada = a_confirmed(event)
    sign_up(event, "bo@example.org")
    cancel(ada)
    ada = sign_up(event, name="Ada King")
    assert statuses(event) == [("bo", Status.PENDING), ("ada", Status.WAITLISTED)]
    assert (ada.name, ada.address_confirmed_at, ada.cancelled_at) == ("Ada King", None, None)
    assert counters(event) == (1, 1)
    assert letters()[-1] == ("ada", "waitlisted")


def test_who_joins_again_within_minutes_still_gets_the_letter_to_confirm() -> None:
    event = an_event()
    cancel(sign_up(event))
    sign_up(event)
    assert letters() == [("ada", "confirm"), ("ada", "cancelled"), ("ada", "confirm")]


def test_a_hold_that_was_not_confirmed_ends_and_the_next_moves_up() -> None:
    event = an_event(capacity=1)
    ada = sign_up(event)
    sign_up(event, "bo@example.org")
    _let_hold_run_out(ada)
    assert _expire() == 1
    ada = registration_of(event, "ada@example.org")
    assert (ada.status, ada.cancel_reason) == (Status.CANCELLED, service.EXPIRED)
    assert statuses(event)[1] == ("bo", Status.PENDING)
    assert counters(event) == (1, 0)
    assert history.changes_of("registration", ada.id)[0].actor == "worker"
    assert _expire() == 0


def test_holds_of_different_events_end_in_units_of_work_of_their_own() -> None:
    events = [an_event(capacity=1) for _ in range(2)]
    for event in events:
        _let_hold_run_out(sign_up(event))
        _let_hold_run_out(sign_up(event, "bo@example.org"))
    assert (_expire(), _expire(), _expire()) == (1, 1, 0)


def test_a_late_press_of_the_button_still_counts_while_the_place_is_there() -> None:
    event = an_event(capacity=1)
    ada = sign_up(event)
    _let_hold_run_out(ada)
    confirm(ada)
    assert _expire() == 0
    assert registration_of(event, "ada@example.org").status is Status.CONFIRMED


def test_holds_stay_as_they_are_once_the_event_has_begun_or_is_off() -> None:
    begun, off = an_event(capacity=1), an_event(capacity=1)
    for event in (begun, off):
        _let_hold_run_out(sign_up(event))
        sign_up(event, "bo@example.org")
    with transaction():
        programme.change_event(begun, starts_at=now() - timedelta(minutes=1))
        programme.cancel(off, note={})
    assert _expire() == 0


def test_nobody_moves_up_into_an_event_that_has_begun_or_is_off() -> None:
    begun, off = an_event(capacity=1), an_event(capacity=1)
    for event in (begun, off):
        sign_up(event)
        sign_up(event, "bo@example.org")
    with transaction():
        programme.change_event(begun, starts_at=now() - timedelta(minutes=1))
        programme.cancel(off, note={})
    for event in (begun, off):
        cancel(registration_of(event, "ada@example.org"))
        assert statuses(event) == [("ada", Status.CANCELLED), ("bo", Status.WAITLISTED)]
        assert counters(event) == (0, 1)


@pytest.mark.parametrize("why", ["cancelled", "draft", "too_early", "too_late", "begun"])
def test_sign_up_is_refused_while_it_is_not_open_and_counts_nothing(why: str) -> None:
    event = an_event(is_published=why != "draft")
    with transaction():
        if why == "cancelled":
            programme.cancel(event, note={})
        if why == "too_early":
            programme.change_event(event, sign_up_opens_at=now() + timedelta(hours=1))
        if why == "too_late":
            programme.change_event(event, sign_up_closes_at=now() - timedelta(hours=1))
        if why == "begun":
            programme.change_event(event, starts_at=now() - timedelta(minutes=1))
    with transaction(), pytest.raises(SignUpClosed):
        service.sign_up(event, answers(), language="en")
    assert (counters(event), letters()) == ((0, 0), [])


def test_an_event_that_was_called_off_meanwhile_takes_nobody(session: DbSession) -> None:
    event = an_event()
    assert event.may_sign_up(now()) is True
    off = sa.update(Event).values(status="cancelled")
    session.execute(off, execution_options={"synchronize_session": False})
    session.commit()
    with pytest.raises(SignUpClosed), transaction():
        service.sign_up(event, answers(), language="en")


def test_the_button_changes_nothing_once_the_event_is_off() -> None:
    event = an_event()
    ada = sign_up(event)
    with transaction():
        programme.cancel(event, note={})
    confirm(ada)
    assert registration_of(event, "ada@example.org").status is Status.PENDING


def test_two_people_with_the_same_short_code_by_chance_get_different_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    thrown = iter(["AAAA2222", "AAAA2222", "BBBB3333"])
    monkeypatch.setattr(tokens, "new_short_code", lambda: next(thrown))
    event = an_event()
    codes = [sign_up(event, f"{x}@example.org").short_code for x in ("ada", "bo")]
    assert codes == ["AAAA2222", "BBBB3333"]
    assert counters(event) == (2, 0)


def test_the_office_adds_somebody_with_a_confirmed_place_and_a_ticket() -> None:
    event = an_event(capacity=1)
    with transaction():
        ada = service.add(event, answers(), language="fr", is_confirmed=True)
    assert ada is not None
    ada = registration_of(event, "ada@example.org")
    assert (ada.status, ada.held_until, ada.language) == (Status.CONFIRMED, None, "fr")
    assert letters() == [("ada", "confirmed")]
    assert queries.live_feed_key(ada.id) is not None


def test_the_office_adds_nobody_twice_but_may_bring_back_who_had_cancelled() -> None:
    event = an_event(capacity=1)
    ada = sign_up(event)
    with transaction():
        assert service.add(event, answers(), language="en", is_confirmed=True) is None
    cancel(ada)
    with transaction():
        back = service.add(event, answers(), language="en", is_confirmed=True)
        assert back is not None
        assert (back.id, back.status) == (ada.id, Status.CONFIRMED)
    assert counters(event) == (1, 0)


def test_the_office_puts_people_into_the_line_when_the_event_is_full() -> None:
    event = an_event(capacity=1)
    a_confirmed(event)
    with transaction():
        bo = service.add(event, answers("bo@example.org"), language="en", is_confirmed=True)
        assert bo is not None
        assert bo.status is Status.WAITLISTED
    assert letters()[-1] == ("bo", "waitlisted")


def test_changed_details_keep_the_address_and_the_time_of_consents_given_before() -> None:
    event = an_event()
    ada = a_confirmed(event, consents=("photos",), organisation="TU Freiberg")
    given = ada.consents["photos"]
    changed = answers(
        "other@example.org", name="Ada King", group="science", consents=("photos", "talks")
    )
    with transaction():
        service.change_details(ada, changed)
    ada = registration_of(event, "ada@example.org")
    assert (ada.name, ada.organisation, ada.group) == ("Ada King", "", "science")
    assert (ada.email, ada.email_key) == ("ada@example.org", "ada@example.org")
    assert (sorted(ada.consents), ada.consents["photos"]) == (["photos", "talks"], given)
    assert ada.search_text == "ada king ada@example.org"
    assert history.changes_of("registration", ada.id)[0].details == {
        "before": {"name": "Ada Lovelace", "organisation": "TU Freiberg"},
        "after": {"name": "Ada King", "organisation": ""},
    }


def test_ticket_and_personal_page_have_different_secrets_of_which_only_digests_are_stored(
    session: DbSession,
) -> None:
    ada = a_confirmed(an_event())
    code, token = secrets.ticket_code(ada), secrets.personal_token(ada)
    assert (len(code), len(token), code == token) == (26, 26, False)
    assert (ada.code_digest, ada.token_digest) == (tokens.digest(code), tokens.digest(token))
    assert queries.registration_by_code(code.lower()) is ada
    assert queries.registration_by_token(token) is ada
    assert queries.registration_by_token(code) is None
    assert queries.registration_by_code(token) is None
    row = session.execute(sa.select(Registration.__table__)).one()
    assert [value for value in row if value in (code, token)] == []


def test_the_qr_of_a_ticket_is_upper_case_and_starts_with_the_public_address() -> None:
    ada = sign_up(an_event())
    code = secrets.ticket_code(ada)
    assert secrets.qr_text(code) == f"HTTP://LOCALHOST:8000/T/{code}"


def test_a_renewed_feed_revokes_the_former_address(session: DbSession) -> None:
    ada = a_confirmed(an_event())
    first = queries.live_feed_key(ada.id)
    assert first is not None
    with transaction():
        feeds.renew_key(ada)
    second = queries.live_feed_key(ada.id)
    assert second is not None
    former = session.scalar(sa.select(FeedKey).where(FeedKey.nonce == first.nonce))
    assert former is not None
    assert (former.revoked_at is None, second.nonce == first.nonce) == (False, False)
    assert queries.feed_key_by_token(secrets.feed_token(second)) is second
    with transaction():
        feeds.stop_feed(ada)
    assert queries.live_feed_key(ada.id) is None


def test_everybody_with_a_place_or_in_the_line_is_told_of_a_move_once() -> None:
    event = an_event(capacity=2)
    a_confirmed(event, "ada@example.org")
    sign_up(event, "bo@example.org")
    sign_up(event, "cy@example.org")
    cancel(sign_up(event, "di@example.org"))
    before = len(letters())
    with transaction():
        former = preview.as_changed(event)
        programme.move(event, note={}, starts_at=event.starts_at - timedelta(days=1))
        assert [service.tell_moved(event, former) for _twice in range(2)] == [3, 0]
    assert letters()[before:] == [(x, "event_moved") for x in ("ada", "bo", "cy")]
    with transaction():
        programme.cancel(event, note={})
        assert service.tell_cancelled(event) == 3
    assert letters()[before + 3 :] == [(x, "event_cancelled") for x in ("ada", "bo", "cy")]


@pytest.mark.parametrize("capacity", [100, 1, 0])
def test_a_sign_up_takes_at_most_eight_statements(capacity: int) -> None:
    event = an_event(capacity=capacity)
    sign_up(event, "warm@example.org")
    with counted() as statements, transaction():
        service.sign_up(event, answers("bo@example.org"), language="en")
    assert len(statements) <= 8, statements
    assert sum("registration" in statement for statement in statements) <= 2, statements


def test_a_sign_up_empties_the_page_cache_only_when_the_shown_places_change(
    session: DbSession,
) -> None:
    def version() -> int:
        return session.scalar(sa.select(ProgrammeVersion.version)) or 0

    event = an_event(capacity=60)
    before = version()
    sign_up(event)
    assert version() == before
    scarce = an_event(capacity=3)
    before = version()
    sign_up(scarce)
    assert version() == before + 1


def _let_hold_run_out(registration: Registration) -> None:
    db.session.execute(
        sa.update(Registration)
        .where(Registration.id == registration.id)
        .values(held_until=now() - timedelta(seconds=1))
    )
    db.session.commit()


def _expire() -> int:
    with transaction():
        return service.expire_holds()
