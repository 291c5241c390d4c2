"""A crowd signs up in the same moment: nobody gets a place that is not there, nobody is lost."""

import time
from collections import Counter
from threading import Barrier

import pytest
import sqlalchemy as sa

from eventmgr.db import db
from eventmgr.mail.models import OutboxLetter
from eventmgr.programme.models import Event
from eventmgr.registration.letters import REPEAT_MINUTES
from eventmgr.registration.models import Registration, Status
from tests.factories import an_event
from tests.races.conftest import Served
from tests.races.crowd import Browser, at_once

pytestmark = pytest.mark.race

SECONDS_NEEDED = 20


def an_event_with(served: Served, places: int) -> tuple[int, str]:
    """Return key and slug of a new event."""
    with served.app.app_context():
        event = an_event(capacity=places)
        return event.id, event.slug


def sign_up(served: Served, slug: str, addresses: list[str]) -> Counter[int]:
    """Let somebody sign up with each address, all at once; returns how many answers there were."""

    def one(address: str, barrier: Barrier) -> list[int]:
        browser = Browser(served.server)
        form = browser.get(f"/events/{slug}/sign-up")
        fields = {"name": address.title(), "email": address, "group": "science"}
        barrier.wait()
        done = browser.submit(form, form.path, fields)
        assert done.path == f"/events/{slug}/sign-up/done"
        browser.close()
        return browser.statuses

    return Counter(status for statuses in at_once(one, addresses) for status in statuses)


def crowd(size: int) -> list[str]:
    """Return the addresses of so many people."""
    return [f"person{number}@example.org" for number in range(size)]


@pytest.mark.parametrize(("people", "places"), [(300, 100), (40, 1)])
def test_exactly_as_many_get_a_place_as_there_are(served: Served, people: int, places: int) -> None:
    event_id, slug = an_event_with(served, places)
    answers = sign_up(served, slug, crowd(people))
    assert answers == {200: 2 * people, 303: people}
    waiting = people - places
    with served.app.app_context():
        line = in_order(event_id)
        assert [status for status, _position in line] == [
            *[Status.PENDING] * places,
            *[Status.WAITLISTED] * waiting,
        ]
        assert [position for _status, position in line[places:]] == list(range(1, waiting + 1))
        assert counters(event_id) == (places, waiting)


def in_order(event_id: int) -> list[tuple[Status, int | None]]:
    """Return where each stands, by order of sign-up, and the position that the letter tells."""
    about = sa.literal("registration:") + sa.cast(Registration.id, sa.String)
    query = (
        sa.select(Registration.status, OutboxLetter.context)
        .join(OutboxLetter, OutboxLetter.about == about)
        .where(Registration.event_id == event_id)
        .order_by(Registration.queue_number)
    )
    return [(status, context.get("position")) for status, context in db.session.execute(query)]


def counters(event_id: int) -> tuple[int, int]:
    """Return what the event itself counts: places taken, people waiting."""
    event = db.session.get_one(Event, event_id)
    return event.places_taken, event.waiting


def test_one_address_sent_sixteen_times_is_one_person(served: Served) -> None:
    event_id, slug = an_event_with(served, 100)
    wait_for_a_fresh_letter()
    answers = sign_up(served, slug, ["ada@example.org"] * 16)
    assert answers == {200: 32, 303: 16}
    with served.app.app_context():
        assert in_order(event_id) == [(Status.PENDING, None)]  # one row for each person and letter
        assert counters(event_id) == (1, 0)


def wait_for_a_fresh_letter() -> None:
    """Begin so that the minutes in which a letter is not repeated do not end meanwhile."""
    left = REPEAT_MINUTES * 60 - time.time() % (REPEAT_MINUTES * 60)
    if left < SECONDS_NEEDED:
        time.sleep(left)
