"""Accounts, their browsers and their one-time links."""

from datetime import timedelta

import pytest
from flask_sqlalchemy.session import Session
from sqlalchemy.orm import scoped_session

from eventmgr.accounts import history, save_account, service, sessions
from eventmgr.accounts.errors import PasswordTellsWord, WeakPassword
from eventmgr.accounts.models import Account, Key, SignedIn
from eventmgr.clock import now
from eventmgr.db import transaction
from tests.accounts.office import EMAIL, PASSWORD, an_account


def a_session() -> str:
    """Sign Olga in; return her browser's token."""
    account_id = an_account()
    with transaction():
        return service.sign_in(account_id, agent="Firefox")


def test_an_account_is_found_however_its_address_is_spelt(session: scoped_session[Session]) -> None:
    account_id = an_account(" Olga@Example.ORG ")
    found = service.account_with_password("OLGA@example.org", PASSWORD)
    assert found == account_id


def test_saving_an_account_again_gives_it_a_new_name_and_password(
    session: scoped_session[Session],
) -> None:
    first = an_account()
    second = an_account(name="Olga Neu", password="fünf andere Worte, auch lang")
    account = session.get_one(Account, first)
    assert (first, account.name) == (second, "Olga Neu")
    assert service.account_with_password(EMAIL, PASSWORD) is None


@pytest.mark.parametrize("password", ["Domaschk ist mein Name", "kurz", "strategiewerkstatt!"])
def test_a_weak_password_is_not_stored(session: scoped_session[Session], password: str) -> None:
    with pytest.raises(WeakPassword), transaction():
        save_account(EMAIL, name="Olga Domaschk", password=password)
    assert service.account_by_email(EMAIL) is None


def test_the_part_before_the_at_sign_is_known_to_others(session: scoped_session[Session]) -> None:
    with pytest.raises(PasswordTellsWord), transaction():
        save_account("lieblingsfarbe@example.org", name="O", password="Lieblingsfarbe grün")


def test_a_disabled_account_opens_with_nothing(session: scoped_session[Session]) -> None:
    token = a_session()
    with transaction():
        account = service.account_by_email(EMAIL)
        assert account is not None
        link = service.make_sign_in_link(account)
        account.disabled_at = now()
    link_token = link.rpartition("/")[2]
    found = (
        service.account_with_password(EMAIL, PASSWORD),
        sessions.organiser_of(token),
        service.is_link_usable(link_token),
    )
    assert found == (None, None, False)


def test_a_password_stored_at_another_cost_is_stored_anew_at_sign_in(
    session: scoped_session[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    account_id = an_account()
    before = session.get_one(Account, account_id).password_hash
    monkeypatch.setattr("eventmgr.accounts.passwords.needs_rehash", lambda _stored: True)
    with transaction():
        service.sign_in(account_id, agent="", password=PASSWORD)
    assert session.get_one(Account, account_id).password_hash != before
    assert service.account_with_password(EMAIL, PASSWORD) == account_id


def test_a_browser_is_signed_in_until_its_row_is_gone(session: scoped_session[Session]) -> None:
    token = a_session()
    before = sessions.organiser_of(token)
    with transaction():
        sessions.close_session(token)
    assert before is not None
    assert (before.name, before.email) == ("Olga Domaschk", EMAIL)
    assert sessions.organiser_of(token) is None


def test_the_token_of_a_browser_is_not_stored(session: scoped_session[Session]) -> None:
    token = a_session()
    rows = [vars(row) for row in session.query(SignedIn)]
    assert (len(rows), token in str(rows)) == (1, False)


@pytest.mark.parametrize(
    ("later", "is_in"),
    [(timedelta(hours=7, minutes=59), True), (timedelta(hours=8), False)],
)
def test_whoever_changes_nothing_for_eight_hours_is_signed_out(
    session: scoped_session[Session],
    monkeypatch: pytest.MonkeyPatch,
    later: timedelta,
    *,
    is_in: bool,
) -> None:
    token = a_session()
    at = now() + later
    monkeypatch.setattr(sessions, "now", lambda: at)
    assert (sessions.organiser_of(token) is not None) is is_in


def test_after_seven_days_everybody_signs_in_again(
    session: scoped_session[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    token = a_session()
    begun = now()
    for hours in range(4, 24 * 7, 4):
        at = begun + timedelta(hours=hours)
        monkeypatch.setattr(sessions, "now", lambda at=at: at)
        found = sessions.organiser_of(token)
        assert found is not None
        with transaction():
            sessions.touch(found.session_id)
    at = begun + timedelta(days=7, seconds=1)
    monkeypatch.setattr(sessions, "now", lambda: at)
    assert sessions.organiser_of(token) is None


def test_sessions_that_are_over_are_thrown_away_at_the_next_sign_in(
    session: scoped_session[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    a_session()
    at = now() + timedelta(hours=9)
    monkeypatch.setattr(sessions, "now", lambda: at)
    a_session()
    assert session.query(SignedIn).count() == 1


def test_a_new_password_signs_all_browsers_out(session: scoped_session[Session]) -> None:
    tokens = [a_session(), a_session()]
    account_id = an_account()
    with transaction():
        service.change_password(account_id, "ganz andere Worte, auch vier")
    assert [sessions.organiser_of(token) for token in tokens] == [None, None]


def test_a_link_opens_its_account_once(session: scoped_session[Session]) -> None:
    account_id = an_account()
    with transaction():
        token = service.make_sign_in_link(session.get_one(Account, account_id)).rpartition("/")[2]
    found = []
    for _ in range(2):
        with transaction():
            found.append((service.is_link_usable(token), service.spend_link(token)))
    assert found == [(True, account_id), (False, None)]


def test_a_link_works_for_a_day(
    session: scoped_session[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    account_id = an_account()
    with transaction():
        token = service.make_sign_in_link(session.get_one(Account, account_id)).rpartition("/")[2]
    at = now() + timedelta(hours=24, seconds=1)
    monkeypatch.setattr(service, "now", lambda: at)
    with transaction():
        assert service.spend_link(token) is None


def test_the_token_of_a_link_is_not_stored(session: scoped_session[Session]) -> None:
    account_id = an_account()
    with transaction():
        link = service.make_sign_in_link(session.get_one(Account, account_id))
    stored = [key.token_hash for key in session.query(Key)]
    assert [part for part in stored if part in link] == []


def test_the_history_names_who_acted(session: scoped_session[Session]) -> None:
    account_id = an_account()
    actors = (f"account:{account_id}", "attendee", "worker", "door:5", "cli")
    for actor in actors:
        with history.acting_as(actor):
            history.record("event", 1, "changed")
    changes = history.changes_of("event", 1)
    name_of = history.actor_names(changes)
    with_names = [name_of(change.actor) for change in reversed(changes)]
    assert with_names[0] == "Olga Domaschk"
    assert len(set(with_names)) == len(actors)
