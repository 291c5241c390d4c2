"""The demonstration tells its story, and its counters agree with its people."""

import sqlalchemy as sa
from flask import Flask

from eventmgr import demo
from eventmgr.checkin.models import Admission
from eventmgr.clock import now
from eventmgr.db import db
from eventmgr.programme.models import AttendanceMode, Event, EventStatus
from eventmgr.registration.models import HOLDS_PLACE, Registration, Status


def test_the_demonstration_tells_its_story(app: Flask) -> None:
    with app.app_context():
        assert demo.is_loaded() is False
        demo.load(show_progress=False)
        assert (demo.is_loaded(), demo.is_demonstration()) == (True, True)
        events = list(db.session.scalars(sa.select(Event)))
        assert len(events) == 34
        assert {event.status for event in events} == set(EventStatus)
        assert AttendanceMode.ONLINE in {event.attendance_mode for event in events}
        assert [event.waiting for event in events if event.waiting] == [14, 9]
        for event in events:
            counts = _counts(event.id)
            held = sum(counts.get(status, 0) for status in HOLDS_PLACE)
            assert (event.places_taken, event.waiting) == (held, counts.get(Status.WAITLISTED, 0))
        _people_came_to_what_has_begun(events)
        _people_with_difficult_names_take_part()


def _people_came_to_what_has_begun(events: list[Event]) -> None:
    arrived = sa.select(Admission.event_id, sa.func.count()).group_by(Admission.event_id)
    by_event = dict(db.session.execute(arrived).all())
    begun = [event for event in events if event.starts_at <= now()]
    assert len(begun) in (8, 9)  # early in the morning today's event has not begun
    assert all(by_event[event.id] > 40 for event in begun)


def _people_with_difficult_names_take_part() -> None:
    people = set(db.session.scalars(sa.select(Registration.name).distinct()))
    assert len(people) > 800
    for name in ("Měrćin Wałda", "王小明", "Αικατερίνη Παπαδοπούλου", "Олександра Шевченко"):
        assert name in people
    assert max(len(name) for name in people) == 90


def _counts(event_id: int) -> dict[Status, int]:
    query = sa.select(Registration.status, sa.func.count()).where(Registration.event_id == event_id)
    return dict(db.session.execute(query.group_by(Registration.status)).all())
