from datetime import timedelta

import pytest
import sqlalchemy as sa

from eventmgr.clock import now
from eventmgr.db import db, transaction
from eventmgr.mail import service
from eventmgr.mail.models import LetterState, OutboxLetter
from tests.mail.outbox import a_letter, enqueue, states, stored

pytestmark = pytest.mark.usefixtures("session")


def claim(limit: int = service.CLAIM) -> list[str]:
    with transaction():
        return [letter.to_address.partition("@")[0] for letter in service.claim(limit)]


def change(**values: object) -> None:
    with transaction():
        db.session.execute(sa.update(OutboxLetter).values(**values))


def test_a_letter_for_the_same_cause_is_written_once() -> None:
    with transaction():
        assert service.enqueue(a_letter("ada"), a_letter("bo")) == 2
        assert service.enqueue(a_letter("ada"), a_letter("cy")) == 1
        assert service.enqueue() == 0
    assert [name for name, *_rest in states()] == ["ada", "bo", "cy"]


def test_nothing_is_sent_of_what_was_not_committed() -> None:
    def enqueue_and_fail() -> None:
        with transaction():
            assert service.enqueue(a_letter("ada")) == 1
            raise TimeoutError

    with pytest.raises(TimeoutError):
        enqueue_and_fail()
    assert (states(), claim()) == ([], [])


def test_a_letter_is_claimed_by_one_worker_until_its_lease_runs_out() -> None:
    enqueue("ada", "bo", "cy")
    assert (claim(2), claim(), claim()) == (["ada", "bo"], ["cy"], [])
    change(leased_until=now() - timedelta(seconds=1))
    assert claim() == ["ada", "bo", "cy"]
    assert [attempts for *_rest, attempts in states()] == [2, 2, 2]


def test_a_letter_of_the_future_waits() -> None:
    with transaction():
        service.enqueue(a_letter("ada"), due_at=now() + timedelta(hours=1))
    assert claim() == []
    assert service.seconds_until_due(9.0) == 9.0
    change(due_at=now() + timedelta(seconds=3))
    assert 2.0 < service.seconds_until_due(9.0) <= 3.0
    change(due_at=now() - timedelta(seconds=1))
    assert service.seconds_until_due(9.0) == 0.0
    assert claim() == ["ada"]


def test_a_worker_does_not_wake_for_letters_that_another_has_leased() -> None:
    enqueue("ada")
    claim()
    assert service.seconds_until_due(9.0) == 9.0
    change(leased_until=now() + timedelta(seconds=2))
    assert 1.0 < service.seconds_until_due(9.0) <= 2.0


def test_an_untried_letter_is_given_back_without_counting() -> None:
    enqueue("ada")
    claim()
    with transaction():
        service.give_back([stored().id], error="no route to host")
    assert (states(), stored().last_error) == ([("ada", "queued", 0)], "no route to host")
    assert claim() == ["ada"]


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 15), (2, 30), (5, 240), (20, 4 * 3600)])
def test_the_pause_before_the_next_attempt_doubles_up_to_four_hours(
    attempts: int, seconds: int
) -> None:
    enqueue("ada")
    letter = stored()
    with transaction():
        service.mark_failed(letter.id, "451", for_good=False, attempts=attempts)
    waits = (stored().due_at - now()).total_seconds()
    assert 0.8 * seconds - 2 <= waits <= 1.2 * seconds


def test_after_the_last_attempt_a_letter_has_failed_and_can_be_sent_again() -> None:
    enqueue("ada")
    letter_id = stored().id
    with transaction():
        service.mark_failed(letter_id, "451", for_good=False, attempts=service.MAX_ATTEMPTS)
    assert (stored().state, stored().last_error, claim()) == (LetterState.FAILED, "451", [])
    with transaction():
        service.send_again(letter_id)
    assert (states(), claim()) == ([("ada", "queued", 0)], ["ada"])


def test_thirty_attempts_take_about_four_days() -> None:
    delays = [
        min(service.FIRST_DELAY * 2 ** (attempt - 1), service.LONGEST_DELAY)
        for attempt in range(1, service.MAX_ATTEMPTS)
    ]
    assert timedelta(days=3) < sum(delays, timedelta()) < timedelta(days=5)


def test_a_sent_letter_is_emptied_after_a_month() -> None:
    enqueue("ada", "bo", "cy")
    for letter_id in (stored("ada").id, stored("bo").id):
        with transaction():
            service.mark_sent(letter_id)
    long_ago = sa.update(OutboxLetter).where(OutboxLetter.to_address == "ada@example.org")
    with transaction():
        db.session.execute(long_ago.values(sent_at=now() - timedelta(days=31)))
    with transaction():
        assert (service.forget_sent(), service.forget_sent()) == (1, 0)
    assert [bool(stored(name).context) for name in ("ada", "bo", "cy")] == [False, True, True]


def test_letters_that_failed_are_emptied_after_three_months() -> None:
    enqueue("ada", "bo", "cy")
    for name, days in (("ada", 91), ("bo", 89), ("cy", 91)):
        letter_id = stored(name).id
        of_it = sa.update(OutboxLetter).where(OutboxLetter.id == letter_id)
        with transaction():
            db.session.execute(of_it.values(created_at=now() - timedelta(days=days)))
            if name != "cy":
                service.mark_failed(letter_id, "550", for_good=True, attempts=1)
    with transaction():
        assert (service.forget_sent(), service.forget_sent()) == (1, 0)
    assert [bool(stored(name).context) for name in ("ada", "bo", "cy")] == [False, True, True]


def test_the_queue_tells_its_length_and_age() -> None:
    assert service.queue_state() == service.QueueState(0, 0, None)
    enqueue("ada", "bo", "cy")
    bo, cy = stored("bo").id, stored("cy").id
    with transaction():
        service.mark_failed(bo, "550", for_good=True, attempts=1)
        service.mark_sent(cy)
    assert service.queue_state() == service.QueueState(1, 1, stored("ada").due_at)


def test_letters_are_listed_newest_first() -> None:
    with transaction():
        service.enqueue(a_letter("ada", about="registration:1"), a_letter("bo"))
    found = [[letter.to_name for letter in service.letters(page=page)] for page in (1, 2)]
    about = service.letters(about="registration:1", state=LetterState.QUEUED)
    assert (found, [letter.to_name for letter in about]) == ([["Bo", "Ada"], []], ["Ada"])
    assert service.letter(about[0].id) is about[0]
