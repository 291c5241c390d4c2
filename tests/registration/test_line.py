"""Whatever people do in whatever order: counters equal rows, and nobody is overtaken."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask_sqlalchemy.session import Session
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import scoped_session

from eventmgr.clock import now
from eventmgr.db import db, transaction
from eventmgr.mail.models import OutboxLetter
from eventmgr.programme import service as programme
from eventmgr.programme.models import Event
from eventmgr.programme.queries import event_by_id
from eventmgr.registration import queries, service
from eventmgr.registration.models import HOLDS_PLACE, Registration, Status
from tests.factories import an_event
from tests.registration.people import answers

PEOPLE = 6
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["sign_up", "sign_up", "sign_up", "confirm", "cancel", "expire", "add", "raise"]
        ),
        st.integers(0, PEOPLE - 1),
    ),
    min_size=1,
    max_size=24,
)


@dataclass
class Scene:
    """One event, what happens to it, and what must be true after each step."""

    event_id: int
    queue_before: dict[int, int] = field(default_factory=dict)
    """Queue number by id of those who waited before the step."""

    def event(self) -> Event:
        """Return the event as it is stored."""
        found = event_by_id(self.event_id)
        assert found is not None
        return found

    def person(self, number: int) -> Registration | None:
        """Return somebody's registration, if there ever was one."""
        return queries.registration_of(self.event_id, f"p{number}@example.org")

    def step(self, what: str, number: int) -> None:
        """Do one thing, as a unit of work of its own."""
        given = answers(f"p{number}@example.org")
        with transaction():
            person = self.person(number)
            if what == "sign_up":
                service.sign_up(self.event(), given, language="en")
            elif what == "add":
                service.add(self.event(), given, language="en", is_confirmed=True)
            elif what == "raise":
                programme.change_event(self.event(), capacity=self.event().capacity + 1)
                service.promote(self.event_id)
            elif what == "expire":
                self.let_hold_run_out(person)
                service.expire_holds()
            elif person is not None and what == "confirm":
                service.confirm(person)
            elif person is not None:
                service.cancel(person)

    def let_hold_run_out(self, person: Registration | None) -> None:
        """Turn the clock beyond the hold of one person."""
        if person is not None and person.held_until is not None:
            person.held_until = now() - timedelta(seconds=1)
            db.session.flush()

    def check(self) -> None:
        """Look at the rows."""
        rows = db.session.scalars(
            sa.select(Registration).where(Registration.event_id == self.event_id)
        ).all()
        event = self.event()
        holders = [row for row in rows if row.status in HOLDS_PLACE]
        line = [row for row in rows if row.status is Status.WAITLISTED]
        assert (event.places_taken, event.waiting) == (len(holders), len(line))
        assert len(holders) == event.capacity if line else len(holders) <= event.capacity
        assert len({row.queue_number for row in rows}) == len(rows)
        if holders and line:
            last, first = (max(r.queue_number for r in holders), min(r.queue_number for r in line))
            assert last < first, "somebody was overtaken"
        for row in rows:
            assert (row.held_until is not None) == (row.status is Status.PENDING)
            assert row.status is not Status.CONFIRMED or row.address_confirmed_at is not None
            assert (row.cancelled_at is not None) == (row.status is Status.CANCELLED)
            has_feed = queries.live_feed_key(row.id) is not None
            assert has_feed or row.status is not Status.CONFIRMED
        promoted = [row for row in holders if row.id in self.queue_before]
        for row in promoted:
            still = [self.queue_before[other.id] for other in line if other.id in self.queue_before]
            assert all(self.queue_before[row.id] < number for number in still)
        self.queue_before = {row.id: row.queue_number for row in line}
        db.session.rollback()


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(capacity=st.integers(0, 3), steps=STEPS)
def test_counters_equal_rows_and_nobody_is_overtaken_whatever_happens(
    session: scoped_session[Session], capacity: int, steps: list[tuple[str, int]]
) -> None:
    scene = Scene(an_event(capacity=capacity).id)
    for what, number in steps:
        scene.step(what, number)
        scene.check()
    session.expunge_all()


@pytest.mark.usefixtures("session")
def test_every_change_of_standing_is_told_by_letter() -> None:
    scene = Scene(an_event(capacity=1).id)
    for what, number in (
        ("sign_up", 0),
        ("sign_up", 1),
        ("sign_up", 2),
        ("confirm", 1),
        ("cancel", 0),
        ("raise", 0),
        ("expire", 2),
        ("sign_up", 0),
    ):
        scene.step(what, number)
    query = sa.select(OutboxLetter.to_address, OutboxLetter.template).order_by(OutboxLetter.id)
    told = [(to[:2], name.rpartition("/")[2]) for to, name in db.session.execute(query)]
    assert told == [
        ("p0", "confirm"),
        ("p1", "waitlisted"),
        ("p2", "waitlisted"),
        ("p0", "cancelled"),
        ("p1", "promoted"),
        ("p2", "promoted"),
        ("p2", "cancelled"),
        ("p0", "confirm"),
    ]
