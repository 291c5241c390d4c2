"""The towns and lines of the coming events, for the map on the landing page."""

from collections import defaultdict
from collections.abc import Iterable

from eventmgr.i18n import say
from eventmgr.programme.models import Event, SeriesKind, Venue
from eventmgr.programme.network import Line, NetworkMap, Station, draw_network

SMALL, MEDIUM, LARGE = 1, 2, 3
BUSY = 3
"""So many events make a town an interchange, where they are of more than one kind."""


def network_of(events: Iterable[Event]) -> NetworkMap | None:
    """Return the map of these events, None where none of them has a place on it."""
    by_town: defaultdict[str, list[Event]] = defaultdict(list)
    for event in events:
        if event.venue and event.venue.latitude is not None and event.venue.longitude is not None:
            by_town[event.venue.city].append(event)
    if not by_town:
        return None
    stations = [_station(town, there) for town, there in by_town.items()]
    lines = [
        Line(kind.value, tuple(sorted(town for town in by_town if _has(kind, by_town[town]))))
        for kind in SeriesKind
    ]
    return draw_network(stations, lines)


def _station(town: str, events: list[Event]) -> Station:
    venue = next(event.venue for event in events if event.venue)
    names = _names_of(town, venue)
    return Station(
        slug=town,
        name=say(names),
        names=tuple(names.values()),
        latitude=venue.latitude or 0.0,
        longitude=venue.longitude or 0.0,
        count=len(events),
        size=_size(events),
    )


def _names_of(town: str, venue: Venue) -> dict[str, str]:
    """Return the town's name by language; others are known where it gives its region the name."""
    region = venue.region.name
    return region if region.get("de") == town else {"de": town}


def _size(events: list[Event]) -> int:
    kinds = {event.series.kind for event in events}
    if len(kinds) > 1 and len(events) >= BUSY:
        return LARGE
    return MEDIUM if len(events) > 1 else SMALL


def _has(kind: SeriesKind, events: list[Event]) -> bool:
    return any(event.series.kind is kind for event in events)
