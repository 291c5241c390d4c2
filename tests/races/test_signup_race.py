"""Many people at once for few places, on both databases, in threads; test_http_* go over HTTP."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from threading import Barrier, local

import pytest
import sqlalchemy as sa
from flask import Flask

from eventmgr.clock import now
from eventmgr.db import db, transaction
from eventmgr.mail.models import OutboxLetter
from eventmgr.programme.models import Event
from eventmgr.registration import queries, service
from eventmgr.registration.models import HOLDS_PLACE, Registration, Status
from tests.databases import Database, app_on
from tests.factories import an_event
from tests.registration.people import answers, sign_up

pytestmark = pytest.mark.race
THREADS = 16
RUSHES = [(300, 100), (40, 1)]


@dataclass(frozen=True)
class After:
    """What a rush left behind, read from the rows and not from the counters."""

    holders: list[int]
    """Queue numbers of those with a place, in order."""
    line: list[int]
    """Queue numbers of those who wait, in order."""
    taken: int
    waiting: int
    letters: Counter[str]
    positions: list[int]
    """The positions told in the letters, in the order of the queue."""


@pytest.fixture
def crowded(database: Database) -> Iterator[Flask]:
    """Return an app on a database of its own, as threads of a server see it."""
    app = app_on(database.fresh_url(), database.folder)
    yield app
    with app.app_context():
        db.engine.dispose()


def at_once(work: Callable[[int], object], numbers: Sequence[int]) -> None:
    """Do the work for each number in as many threads as a busy server has."""
    start = Barrier(min(THREADS, len(numbers)))
    first = local()

    def work_together(number: int) -> object:
        if not hasattr(first, "done"):
            first.done = True
            start.wait()
        return work(number)

    with ThreadPoolExecutor(start.parties) as threads:
        list(threads.map(work_together, numbers))


def after(app: Flask, event_id: int) -> After:
    """Read what is stored."""
    with app.app_context():
        of_event = sa.select(Registration.queue_number).where(Registration.event_id == event_id)
        ordered = of_event.order_by(Registration.queue_number)
        holders = db.session.scalars(ordered.where(Registration.status.in_(HOLDS_PLACE)))
        line = db.session.scalars(ordered.where(Registration.status == Status.WAITLISTED))
        event = db.session.get_one(Event, event_id)
        ids = sa.select(Registration.id).where(Registration.event_id == event_id)
        in_order = list(db.session.scalars(ids.order_by(Registration.queue_number)))
        about = [f"registration:{number}" for number in in_order]
        written = sa.select(OutboxLetter).where(OutboxLetter.about.in_(about))
        letters = db.session.scalars(written).all()
        told = {
            int(letter.about.partition(":")[2]): letter.context["position"]
            for letter in letters
            if "position" in letter.context
        }
        return After(
            list(holders),
            list(line),
            event.places_taken,
            event.waiting,
            Counter(letter.template.rpartition("/")[2] for letter in letters),
            [told[number] for number in in_order if number in told],
        )


def made(app: Flask, capacity: int) -> tuple[int, str]:
    """Return id and slug of a new event."""
    with app.app_context():
        event = an_event(capacity=capacity)
        return event.id, event.slug


def signing_up(app: Flask, slug: str) -> Callable[[int], None]:
    """Return what one of the people does, as a thread of the server does it."""

    def one(number: int) -> None:
        with app.app_context():
            event = queries.event_to_sign_up_for(slug)
            assert event is not None
            with transaction():
                service.sign_up(event, answers(f"person{number}@example.org"), language="de")

    return one


@pytest.mark.parametrize(("people", "places"), RUSHES)
def test_exactly_as_many_as_there_are_places_get_one_and_the_others_stand_in_line(
    crowded: Flask, people: int, places: int
) -> None:
    event_id, slug = made(crowded, places)
    at_once(signing_up(crowded, slug), range(people))
    assert after(crowded, event_id) == After(
        holders=list(range(1, places + 1)),
        line=list(range(places + 1, people + 1)),
        taken=places,
        waiting=people - places,
        letters=Counter(confirm=places, waitlisted=people - places),
        positions=list(range(1, people - places + 1)),
    )


def test_the_same_address_sixteen_times_is_one_registration_one_place_one_letter(
    crowded: Flask,
) -> None:
    event_id, slug = made(crowded, 5)
    sign_ada_up = signing_up(crowded, slug)
    at_once(lambda _number: sign_ada_up(0), range(THREADS))
    found = after(crowded, event_id)
    assert (len(found.holders), found.line, found.taken, found.waiting) == (1, [], 1, 0)
    assert found.letters == Counter(confirm=1)


def test_cancelling_while_others_sign_up_leaves_no_place_empty(crowded: Flask) -> None:
    places, people = 10, 30
    event_id, slug = made(crowded, places)
    sign_one_up = signing_up(crowded, slug)
    for number in range(places):
        sign_one_up(number)

    def cancel_or_sign_up(number: int) -> None:
        if number >= places:
            sign_one_up(number)
            return
        with crowded.app_context(), transaction():
            event = queries.event_to_sign_up_for(slug)
            assert event is not None
            ada = queries.registration_of(event.id, f"person{number}@example.org")
            assert ada is not None
            assert service.cancel(ada) is True

    mixed = [
        number
        for pair in zip(range(places), range(places, places * 2), strict=True)
        for number in pair
    ]
    at_once(cancel_or_sign_up, [*mixed, *range(places * 2, places + people)])
    found = after(crowded, event_id)
    assert (found.taken, found.waiting) == (places, people - places)
    assert (len(found.holders), len(found.line)) == (places, people - places)
    assert max(found.holders) < min(found.line)
    assert found.letters["cancelled"] == places


def test_a_press_of_the_button_and_the_end_of_the_hold_do_not_both_win(crowded: Flask) -> None:
    with crowded.app_context():
        event = an_event(capacity=8)
        event_id = event.id
        ids = [sign_up(event, f"person{number}@example.org").id for number in range(8)]
        late = sa.update(Registration).values(held_until=now() - timedelta(seconds=1))
        db.session.execute(late)
        db.session.commit()

    def confirm_or_expire(number: int) -> None:
        with crowded.app_context(), transaction():
            if number % 2:
                service.expire_holds()
            else:
                service.confirm(queries.registration_by_id(ids[number // 2]))

    at_once(confirm_or_expire, range(16))
    found = after(crowded, event_id)
    ended = found.letters["cancelled"]
    assert found.taken == len(found.holders) == 8 - ended
    assert found.letters == Counter(confirm=8, cancelled=ended, confirmed=8 - ended)
