"""An event as it would be after a change, without making it; what it lacks to be published."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm.attributes import set_committed_value

from eventmgr.db import db
from eventmgr.i18n import LANGUAGES, _
from eventmgr.programme.models import AttendanceMode, Event, Room, Venue


def as_changed(event: Event, **changes: Any) -> Event:  # noqa: ANN401 - columns of Event
    """Return a copy with these changes that the database never sees, series and place loaded."""
    columns = {column.key: getattr(event, column.key) for column in sa.inspect(Event).column_attrs}
    copy = Event(**{**columns, **changes})
    venue = db.session.get(Venue, copy.venue_id) if copy.venue_id else None
    room = db.session.get(Room, copy.room_id) if copy.room_id else None
    # Set without events, so that the session does not come to know the copy.
    for name, value in (("series", event.series), ("venue", venue), ("room", room)):
        set_committed_value(copy, name, value)
    return copy


def shortcomings(event: Event, at: datetime) -> list[str]:
    """Say what visitors will miss of an event with its agenda; nothing of it forbids to publish."""
    return [*_missing_texts(event), *_missing_facts(event, at)]


def _missing_texts(event: Event) -> Iterator[str]:
    wanted = ((_("title"), event.title), (_("sentence below the title"), event.summary))
    for what, content in wanted:
        missing = [name for code, name in LANGUAGES.items() if not content.get(code)]
        if missing:
            names = ", ".join(missing)
            yield _("The %(what)s is missing in: %(languages)s", what=what, languages=names)


def _missing_facts(event: Event, at: datetime) -> Iterator[str]:
    if event.starts_at <= at:
        yield _("It has begun already, so nobody can sign up.")
    if not event.sessions:
        yield _("There is no agenda yet.")
    if not event.languages:
        yield _("It does not say which languages are spoken.")
    if event.attendance_mode is not AttendanceMode.ON_SITE and not event.online_url:
        yield _("The address of the online meeting is missing.")
    if not event.series.is_published:
        yield _("Its series is hidden.")
    holds = event.room.capacity if event.room else None
    if holds is not None and holds < event.capacity:
        yield _(
            "The room holds %(holds)s people, and there are %(places)s places.",
            holds=holds,
            places=event.capacity,
        )
