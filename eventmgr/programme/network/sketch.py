"""One try at a drawing, from the places on the map to the names beside the stations."""

from collections.abc import Collection, Iterable, Sequence
from itertools import islice

from eventmgr.programme.network.geometry import Box, Point, Way, distance, path
from eventmgr.programme.network.labels import ON_LINE, Labelling, land_name
from eventmgr.programme.network.land import (
    Paper,
    bearing,
    corner_towards,
    edge_towards,
    far_from_home,
)
from eventmgr.programme.network.parts import Drawing, Line, Station, Stop, Track
from eventmgr.programme.network.placing import Placing
from eventmgr.programme.network.routing import Flights, Routing, side_by_side
from eventmgr.programme.network.skeleton import skeleton

DISTANCES = (4.2, 3.8, 4.8, 5.4, 6.6)
"""Grid widths between two stations, the one that mostly looks best first."""
SPOTS = 4
"""To how many places a station is moved whose name does not fit."""
PATIENCE = 12
"""How many such moves are tried all in all; a reader waits for them once."""
FINGER = 24.0
FINGERTIP = 12.0


def best_drawing(paper: Paper, stations: Sequence[Station], lines: Sequence[Line]) -> Drawing:
    """Try a few distances between stations, then move those whose names do not fit."""
    plan = Plan(paper, stations, lines)
    best = Sketch(plan, plan.placing(DISTANCES[0]))
    for apart in DISTANCES[1:]:
        if best.fits:
            return best.drawing()
        best = min(best, Sketch(plan, plan.placing(apart)), key=lambda sketch: sketch.blemishes)
    return _improved(best, PATIENCE).drawing()


def _improved(sketch: "Sketch", patience: int) -> "Sketch":
    """Move stations whose names are hidden one by one, as long as it helps."""
    placings = (
        placing for town in sketch.hidden for placing in sketch.placing.alternatives(town, SPOTS)
    )
    for tried, placing in enumerate(islice(placings, patience), 1):
        other = Sketch(sketch.plan, placing)
        if other.blemishes < sketch.blemishes:
            return other if other.fits else _improved(other, patience - tried)
    return sketch


class Plan:
    """What is the same in all tries: where towns are and which of them each line links."""

    def __init__(self, paper: Paper, stations: Sequence[Station], lines: Sequence[Line]) -> None:
        """Find both."""
        self.paper, self.stations, self.lines = paper, stations, lines
        self.homes, beyond = _homes(paper, stations)
        self.flown = {station.slug for station in stations if _is_far(station)}
        self.edge = frozenset(beyond - self.flown)
        self.grounded = {t: home for t, home in self.homes.items() if t not in self.flown}
        towns = [line.stations for line in lines]
        self.by_line = skeleton(self.grounded, towns, self.edge, paper.unit)
        self.links = list(dict.fromkeys(link for line in self.by_line for link in line))

    def placing(self, apart: float) -> Placing:
        """Place the stations with that distance in mind."""
        placing = Placing(self.paper, self.grounded, self.links, self.edge, apart)
        placing.settle()
        return placing


class Sketch:
    """Lines and names for stations that are placed."""

    def __init__(self, plan: Plan, placing: Placing) -> None:
        """Lay everything out."""
        self.plan, self.placing = plan, placing
        self.paper, self.stations, self.lines = plan.paper, plan.stations, plan.lines
        self.at = dict(placing.at)
        routing = Routing(self.at, plan.links, self.paper.unit, plan.by_line)
        ways = routing.settle()
        tracks = [
            Track(line.kind, path(moved), tuple(moved))
            for line, moved in zip(self.lines, side_by_side(ways, plan.by_line), strict=True)
            if moved
        ]
        names = self._labelling(tracks, plan.grounded).settle()
        self.at |= {slug: plan.homes[slug] for slug in sorted(plan.flown)}
        in_the_way = [label.box for label in names.values()]
        self.tracks = [*self._flights(list(ways.values()), in_the_way, plan.flown), *tracks]
        self.labelling = self._labelling(self.tracks, self.at)
        self.labels = self.labelling.settle()
        self.blemishes = self.labelling.covered + routing.crookedness

    @property
    def hidden(self) -> list[str]:
        """Stations that can be moved and whose names cover something."""
        return [town for town in self.placing.at if self.labelling.hides(town)]

    @property
    def fits(self) -> bool:
        """Whether all names have room."""
        return self.labelling.covered < ON_LINE

    def _labelling(self, tracks: Iterable[Track], towns: Collection[str]) -> Labelling:
        shown = [s for s in self.stations if s.slug in towns]
        names = {s.slug: (s.name, s.is_large) for s in shown}
        marks = {s.slug: s.mark(self.at[s.slug]) for s in shown}
        return Labelling(self.paper, names, marks, [w for track in tracks for w in track.ways])

    def _flights(
        self, ways: list[Way], names: Sequence[Box], flown: Collection[str]
    ) -> list[Track]:
        """Draw a dotted line from each far place to a station that has room for it."""
        kinds = {slug: line.kind for line in self.lines for slug in line.stations if slug in flown}
        inland = [s for s in self.stations if self.paper.shows(s.latitude, s.longitude)]
        if not inland:
            return []
        hubs, towns = {s.slug for s in inland if s.is_large}, [s.slug for s in inland]
        flights = Flights(self.at, hubs, towns, self.paper.unit, ways, names)
        order = sorted(kinds, key=lambda town: (self.at[town].y, town))
        drawn = [(kinds[town], flights.add(town)) for town in order]
        return [Track(kind, path([way]), (way,), is_flight=True) for kind, way in drawn]

    def drawing(self) -> Drawing:
        """Return it as it goes to the page."""
        labelling = self.labelling
        boxes = [*labelling.marks.values(), *(label.box for label in self.labels.values())]
        return Drawing(
            name=self.paper.name,
            width=self.paper.width,
            height=self.paper.height,
            land=path([self.paper.outline]) + "z",
            land_name=land_name(self.paper, boxes, labelling.ways),
            tracks=tuple(self.tracks),
            stops=tuple(
                Stop(
                    station=station,
                    x=self.at[station.slug].x,
                    y=self.at[station.slug].y,
                    reach=_reach(station.slug, self.at),
                    label=self.labels[station.slug],
                    covers=labelling.hides(station.slug),
                )
                for station in self.stations
            ),
        )


def _homes(paper: Paper, stations: Sequence[Station]) -> tuple[dict[str, Point], set[str]]:
    """Return where each station belongs, and which of them lie beyond Saxony, at the edge."""
    homes = {
        s.slug: paper.project(s.latitude, s.longitude)
        for s in stations
        if paper.shows(s.latitude, s.longitude)
    }
    beyond = [s for s in stations if s.slug not in homes]
    taken: list[Point] = []
    for station in sorted(beyond, key=lambda s: (_is_far(s), -s.size, s.slug)):
        degrees = bearing(station.latitude, station.longitude)
        if _is_far(station):
            taken.append(corner_towards(paper, degrees, taken))
        else:
            taken.append(edge_towards(paper, degrees))
        homes[station.slug] = taken[-1]
    return homes, {station.slug for station in beyond}


def _is_far(station: Station) -> bool:
    return far_from_home(station.latitude, station.longitude)


def _reach(slug: str, at: dict[str, Point]) -> float:
    """Return half the way to the next station, at most a finger's width."""
    gaps = [distance(at[slug], other) for town, other in at.items() if town != slug]
    return round(min(FINGER, max(FINGERTIP, min(gaps, default=FINGER * 2) / 2)), 1)
