"""What the office fills in about an item of the agenda."""

from datetime import datetime
from typing import Any

from wtforms import SelectField, TextAreaField
from wtforms.validators import InputRequired

from eventmgr.i18n import _, _l, formats
from eventmgr.programme.fields import (
    LONGEST_TEXT,
    WallTimeField,
    at_most,
    choices,
    texts,
    tidy_line,
    tidy_text,
    wall_clock,
)
from eventmgr.programme.models import Event, Session, SessionKind
from eventmgr.programme.sessions import Speaker
from eventmgr.programme.when_where_forms import TimedForm
from eventmgr.programme.words import SESSION_NAMES


class SessionForm(TimedForm):
    """An item of the agenda of one event."""

    title = texts(_l("Title"), required=_l("Enter the title in German."))
    kind = SelectField(_l("Kind"))
    starts_at = WallTimeField(_l("Start"), [InputRequired(_l("Enter day and time."))])
    ends_at = WallTimeField(_l("End"), [InputRequired(_l("Enter day and time."))])
    room = SelectField(_l("Room"))
    speakers = TextAreaField(
        _l("Speakers"),
        [at_most(LONGEST_TEXT)],
        filters=[tidy_text],
        description=_l(
            "One in each line, the organisation after a comma: Ada Lovelace, TU Dresden"
        ),
        render_kw={"rows": 4},
    )

    def __init__(self, event: Event, **kwargs: Any) -> None:  # noqa: ANN401 - of the form
        """Offer the rooms of the event's house."""
        super().__init__(zone=event.zone, **kwargs)
        self._event = event
        rooms = event.venue.rooms if event.venue else []
        self.kind.choices = choices(SESSION_NAMES)
        usual = event.room.name if event.room else _("Not said")
        self.room.choices = {"": usual, **{str(room.id): room.name for room in rooms}}

    def check(self) -> None:
        """Keep the item within the event, where a mistyped day would not."""
        super().check()
        starts, ends = self.starts_at.instant, self.ends_at.instant
        if starts and ends and ends <= starts:
            self.ends_at.refuse(_("The end must come after the start."))
        opens = min(self._event.starts_at, self._event.doors_at or self._event.starts_at)
        if starts and not opens <= starts < self._event.ends_at:
            self.starts_at.refuse(self._bounds(opens))
        elif ends and ends > self._event.ends_at:
            self.ends_at.refuse(self._bounds(opens))

    def _bounds(self, opens: datetime) -> str:
        first, last = (self._moment(moment) for moment in (opens, self._event.ends_at))
        return _("The event lasts from %(first)s to %(last)s.", first=first, last=last)

    def _moment(self, moment: datetime) -> str:
        return formats.table_moment(moment, self._event.zone)

    def values(self) -> dict[str, Any]:
        """Return the columns of a session."""
        return {
            "title": self.title.content,
            "kind": SessionKind(self.kind.data),
            "starts_at": self.starts_at.instant,
            "ends_at": self.ends_at.instant,
            "room_id": int(self.room.data) if self.room.data else None,
        }

    def named_speakers(self) -> list[Speaker]:
        """Return name and organisation of each line."""
        lines = (line.partition(",") for line in (self.speakers.data or "").splitlines())
        named = [(tidy_line(name), tidy_line(house)) for name, _comma, house in lines]
        return [speaker for speaker in named if speaker[0]]


def stored_values(session: Session, event: Event) -> dict[str, Any]:
    """Return what is stored of an item, as the form shows it."""
    people = ((person.name, person.organisation) for person in session.speakers)
    return {
        "title": session.title,
        "kind": session.kind.value,
        "starts_at": wall_clock(session.starts_at, event.zone),
        "ends_at": wall_clock(session.ends_at, event.zone),
        "room": str(session.room_id or ""),
        "speakers": "\n".join(", ".join(filter(None, person)) for person in people),
    }


def next_values(event: Event) -> dict[str, Any]:
    """Return where a new item would begin: after the last one, else with the event."""
    last = max((session.ends_at for session in event.sessions), default=event.starts_at)
    return {"starts_at": wall_clock(min(last, event.ends_at), event.zone)}
