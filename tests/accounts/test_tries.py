"""Counting of tries: five free ones, then longer and longer waits, however many guess at once."""

from datetime import UTC, datetime, timedelta

import pytest
from flask_sqlalchemy.session import Session
from sqlalchemy.orm import scoped_session

from eventmgr.accounts import tries
from eventmgr.accounts.models import Attempt

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


class Clock:
    """A clock that the test turns."""

    def __init__(self) -> None:
        self.moment = START

    def __call__(self) -> datetime:
        return self.moment

    def turn(self, **by: float) -> None:
        self.moment += timedelta(**by)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(tries, "now", clock)
    return clock


def a_try(account: str = "olga@example.org", network: str = "192.0.2.7") -> int:
    return tries.count_try(account=account, network=network)


def test_six_tries_pass_and_the_next_must_wait(
    session: scoped_session[Session], clock: Clock
) -> None:
    assert [a_try() for _ in range(8)] == [0, 0, 0, 0, 0, 0, 2, 2]


def test_each_further_try_doubles_the_wait_up_to_a_quarter_of_an_hour(
    session: scoped_session[Session], clock: Clock
) -> None:
    for _ in range(6):
        a_try()
    waits = []
    for number in range(11):
        waits.append(a_try(network=f"192.0.2.{number}"))
        clock.turn(seconds=waits[-1])
        a_try(network=f"198.51.100.{number}")
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]


def test_knocking_while_blocked_does_not_make_the_wait_longer(
    session: scoped_session[Session], clock: Clock
) -> None:
    for _ in range(100):
        a_try()
    clock.turn(seconds=2)
    assert a_try() == 0


def test_after_a_quiet_hour_counting_begins_anew(
    session: scoped_session[Session], clock: Clock
) -> None:
    for _ in range(6):
        a_try()
    clock.turn(hours=1, seconds=1)
    assert [a_try() for _ in range(7)] == [0, 0, 0, 0, 0, 0, 2]


def test_a_network_may_try_more_accounts_than_an_account_may_be_tried(
    session: scoped_session[Session], clock: Clock
) -> None:
    waits = [a_try(account=f"{number}@example.org") for number in range(33)]
    assert waits == [*[0] * 31, 2, 2]


def test_a_blocked_network_cannot_lock_an_account(
    session: scoped_session[Session], clock: Clock
) -> None:
    for number in range(31):
        a_try(account=f"{number}@example.org")
    for _ in range(20):
        a_try()
    assert [a_try(network="198.51.100.1") for _ in range(6)] == [0] * 6


def test_a_right_password_takes_its_own_try_back(
    session: scoped_session[Session], clock: Clock
) -> None:
    for _ in range(40):
        waits = [a_try()]
        tries.forget_try(account="olga@example.org", network="192.0.2.7")
    assert waits == [0]


def test_what_was_typed_is_not_kept(session: scoped_session[Session], clock: Clock) -> None:
    a_try(account="my password by mistake")
    kept = {row.key for row in session.query(Attempt)}
    assert [key for key in kept if "password" in key or "192" in key] == []


def test_tries_of_yesterday_are_thrown_away(session: scoped_session[Session], clock: Clock) -> None:
    a_try(account="somebody@example.org", network="198.51.100.1")
    clock.turn(days=1, seconds=1)
    tries.forget_try(account="olga@example.org", network="192.0.2.7")
    assert session.query(Attempt).count() == 0
