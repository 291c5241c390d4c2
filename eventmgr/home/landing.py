"""What the landing page shows; all of it from one look at the coming events."""

from collections import Counter
from dataclasses import dataclass

from eventmgr.clock import now
from eventmgr.home.map import network_of
from eventmgr.programme import listing, queries
from eventmgr.programme.calendar_links import calendar_links
from eventmgr.programme.models import Event, Region, Series, SeriesKind
from eventmgr.programme.words import KIND_NAMES

NEXT_STOPS = 4


@dataclass(frozen=True)
class Kind:
    """A kind of series, with how many of its events are to come and the series there are."""

    kind: SeriesKind
    count: int
    series: list[Series]
    webcal: str


@dataclass(frozen=True)
class RegionCalendar:
    """A region with its coming events and the calendar of them."""

    region: Region
    count: int
    webcal: str


def landing_page() -> dict[str, object]:
    """Return what the template needs."""
    moment = now()
    coming = queries.coming_events()
    network = network_of(coming)
    drawn = {track.kind for track in network.wide.tracks} if network else set()
    next_stops = [event for event in coming if not event.is_cancelled][:NEXT_STOPS]
    return {
        "map": network,
        "map_kinds": [(kind.value, name) for kind, name in KIND_NAMES.items() if kind in drawn],
        "total": len(coming),
        "next_stops": listing.rows(next_stops, moment),
        "kinds": _kinds(coming),
        "regions": _regions(coming),
        "calendar": calendar_links("calendars.all_events"),
    }


def _kinds(coming: list[Event]) -> list[Kind]:
    counts = Counter(event.series.kind for event in coming)
    return [
        Kind(
            kind,
            counts[kind],
            list({e.series.id: e.series for e in coming if e.series.kind is kind}.values()),
            calendar_links("calendars.format", kind.value).webcal,
        )
        for kind in SeriesKind
    ]


def _regions(coming: list[Event]) -> list[RegionCalendar]:
    regions = {e.venue.region.slug: e.venue.region for e in coming if e.venue}
    counts = Counter(e.venue.region.slug for e in coming if e.venue)
    return [
        RegionCalendar(
            region, counts[region.slug], calendar_links("calendars.region", region.slug).webcal
        )
        for region in sorted(regions.values(), key=lambda r: (r.position, r.slug))
    ]
