"""From wall-clock time at a place to an instant, with the two traps of each year said aloud."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

from eventmgr.programme.errors import AmbiguousLocalTime, NoSuchLocalTime

ZONES = sorted(
    name
    for name in available_timezones()
    if "/" in name and not name.startswith(("Etc/", "posix/", "right/", "SystemV/", "US/"))
)
"""Only IANA names with a place; abbreviations such as CET or GMT mislead calendars."""


def instant(wall: datetime, zone: str, *, second: bool | None = None) -> datetime:
    """Return the instant at which clocks in `zone` show `wall` (naive).

    Raises NoSuchLocalTime where they jump over it, AmbiguousLocalTime where they show it twice and
    `second` does not say which one is meant.
    """
    place = ZoneInfo(zone)
    first, later = (wall.replace(tzinfo=place, fold=fold) for fold in (0, 1))
    if first.astimezone(UTC).astimezone(place).replace(tzinfo=None) != wall:
        raise NoSuchLocalTime(wall)
    if first.utcoffset() == later.utcoffset():
        return first.astimezone(UTC)
    if second is None:
        raise AmbiguousLocalTime(wall)
    return (later if second else first).astimezone(UTC)
