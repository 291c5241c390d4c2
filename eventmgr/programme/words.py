"""The words for what the programme's enums name."""

from eventmgr.accounts.models import Change
from eventmgr.i18n import _l
from eventmgr.programme.models import AttendanceMode, SeriesKind, SessionKind

KIND_NAMES = {
    SeriesKind.DIALOGUE: _l("Dialogue"),
    SeriesKind.WORKSHOP: _l("Workshop"),
    SeriesKind.INNOCAMP: _l("InnoCamp"),
    SeriesKind.INNOSLAM: _l("InnoSlam"),
    SeriesKind.CONFERENCE: _l("Conference"),
}
"""What a series consists of, in the singular."""

ATTENDANCE_NAMES = {
    AttendanceMode.ON_SITE: _l("On site"),
    AttendanceMode.ONLINE: _l("Online"),
    AttendanceMode.MIXED: _l("On site and online"),
}
SESSION_NAMES = {
    SessionKind.TALK: _l("Talk"),
    SessionKind.DISCUSSION: _l("Discussion"),
    SessionKind.WORKSHOP: _l("Workshop"),
    SessionKind.SLAM: _l("Slam"),
    SessionKind.BREAK: _l("Break"),
}
SPOKEN_LANGUAGES = {
    "de": _l("German"),
    "en": _l("English"),
    "fr": _l("French"),
    "nl": _l("Dutch"),
    "pl": _l("Polish"),
    "cs": _l("Czech"),
}
"""Languages in which events are held."""

CHANGES = {
    "created": _l("Created"),
    "changed": _l("Changed"),
    "agenda item added": _l("Agenda item added"),
    "agenda item changed": _l("Agenda item changed"),
    "agenda item removed": _l("Agenda item removed"),
    "venue changed": _l("Name or address of the venue changed"),
    "question added": _l("Question added"),
    "question changed": _l("Question changed"),
    "question removed": _l("Question removed"),
}
"""What a line of history says."""

COLUMNS = {
    "series_id": _l("series"),
    "venue_id": _l("place"),
    "room_id": _l("room"),
    "status": _l("status"),
    "attendance_mode": _l("way to take part"),
    "online_url": _l("address of the meeting"),
    "title": _l("title"),
    "summary": _l("summary"),
    "description": _l("description"),
    "languages": _l("languages"),
    "starts_at": _l("start"),
    "ends_at": _l("end"),
    "doors_at": _l("doors"),
    "zone": _l("time zone"),
    "sign_up_opens_at": _l("begin of sign-up"),
    "sign_up_closes_at": _l("end of sign-up"),
    "capacity": _l("number of places"),
    "asks_diet": _l("question about diet"),
    "asks_assistance": _l("question about assistance"),
    "status_note": _l("reason"),
}
"""What a change of an event can touch; columns that follow from others are left out."""


def kind_name(kind: str) -> str:
    """Return a format in the reader's language."""
    return str(KIND_NAMES[SeriesKind(kind)])


def change_name(change: Change) -> str:
    """Return a line of an event's history in the reader's language, with what it touched."""
    name = str(CHANGES.get(change.what, change.what))
    touched = [str(COLUMNS[c]) for c in change.details.get("after", {}) if c in COLUMNS]
    return f"{name}: {', '.join(touched)}" if touched else name
