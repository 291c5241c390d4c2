"""What the pages of an event and of a series tell beyond the stored rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from eventmgr.i18n import formats
from eventmgr.programme.models import Event, Session, Venue


@dataclass(frozen=True)
class AgendaDay:
    """The agenda of one day."""

    starts_at: datetime
    sessions: list[Session]


@dataclass(frozen=True)
class Totals:
    """A series in figures."""

    stops: int
    """Events that take place or took place; cancelled ones do not count."""
    coming: int
    towns: list[str]
    """In the order of the first visit."""


def agenda(event: Event) -> list[AgendaDay]:
    """Return the event's sessions by day, in its own zone."""
    ordered = sorted(event.sessions, key=lambda session: (session.starts_at, session.id))
    by_day = groupby(ordered, key=lambda s: formats.local(s.starts_at, event.zone).date())
    return [AgendaDay(day[0].starts_at, day) for day in (list(group) for _day, group in by_day)]


def series_totals(stops: Iterable[Event], at: datetime) -> Totals:
    """Count what there is of a series."""
    counted = [stop for stop in stops if not stop.is_cancelled]
    return Totals(
        stops=len(counted),
        coming=sum(not stop.is_over(at) for stop in counted),
        towns=list(dict.fromkeys(stop.venue.city for stop in counted if stop.venue)),
    )


def map_address(venue: Venue) -> str:
    """Return the address of the venue on a map; a plain link, nothing is loaded from there."""
    spot = f"{venue.latitude}/{venue.longitude}"
    return (
        f"https://www.openstreetmap.org/?mlat={venue.latitude}&mlon={venue.longitude}#map=17/{spot}"
    )
