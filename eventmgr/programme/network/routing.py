"""The ways that links take in steps of 45 degrees, and lines beside each other on shared ones."""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from eventmgr.programme.network.geometry import (
    Box,
    Point,
    Way,
    bounds,
    connections,
    corners,
    distance_to_way,
    octant,
    part_touches_box,
    parts_cross,
    shifted,
    turn,
)
from eventmgr.programme.network.skeleton import Link

GAUGE = 7.0
"""Distance of two lines that run side by side."""
SWEEPS = 4
BEND, CLOSE, CROSS, SAME_SIDE = 1.0, 16.0, 30.0, 18.0
KINK = (0.0, 0.6, 3.0, 12.0, 25.0)
"""What a line's turn at a station costs, by steps of 45 degrees."""
CLEAR = 1.9
CHAMFER = 3
SMALL_TOWN = 3.5


@dataclass
class Routing:
    """One way for each link; each is chosen anew while the others stay, until all fit together."""

    at: Mapping[str, Point]
    links: Sequence[Link]
    unit: float
    together: Sequence[Sequence[Link]]
    """The links of each line."""
    ways: dict[Link, Way] = field(init=False)

    def __post_init__(self) -> None:
        """Start with the plainest ways."""
        self._choices = {link: self._possible(link) for link in self.links}
        self.ways = {link: choices[0] for link, choices in self._choices.items()}
        lines = [set(line) for line in self.together]
        self._neighbours = {
            link: [
                (other, any(link in line and other in line for line in lines))
                for other in self.links
                if other != link and set(link) & set(other)
            ]
            for link in self.links
        }

        self._apart = {
            link: [other for other in self.links if not set(link) & set(other)]
            for link in self.links
        }

    def settle(self) -> dict[Link, Way]:
        """Choose until nothing changes."""
        for _sweep in range(SWEEPS):
            before = dict(self.ways)
            for link in self.links:
                costs = [self._cost(link, way) for way in self._choices[link]]
                self.ways[link] = self._choices[link][costs.index(min(costs))]
            if self.ways == before:
                break
        return self.ways

    @property
    def crookedness(self) -> float:
        """How far all ways are from running straight and free."""
        return sum(self._cost(link, way) for link, way in self.ways.items())

    def _possible(self, link: Link) -> list[Way]:
        a, b = self.at[link[0]], self.at[link[1]]
        return [*connections(a, b), *corners(a, b, CHAMFER * self.unit)]

    def _cost(self, link: Link, way: Way) -> float:
        cost = BEND * (len(way) - 2)
        near = (
            distance_to_way(at, way) / self.unit for town, at in self.at.items() if town not in link
        )
        cost += sum(CLOSE * (CLEAR - gap) for gap in near if gap < CLEAR)
        for other in self.links:
            if not set(other) & set(link):
                cost += CROSS * ways_cross(way, self.ways[other])
        for other, is_same_line in self._neighbours[link]:
            cost += self._joint(link, way, other, is_same_line=is_same_line)
        return cost

    def _joint(self, link: Link, way: Way, other: Link, *, is_same_line: bool) -> float:
        """Return how badly two ways meet at their common station."""
        middle = self.at[next(town for town in link if town in other)]
        bend = turn(leaving(way, middle), leaving(self.ways[other], middle))
        if bend == 0:
            return SAME_SIDE
        return KINK[4 - bend] if is_same_line else 0.0


def closeness(way: Way, stations: Iterable[Point], unit: float) -> float:
    """Return how much too close a way runs to stations that it does not serve."""
    near = bounds(way).grown(CLEAR * unit)
    gaps = (distance_to_way(at, way) / unit for at in stations if near.surrounds(at))
    return sum(CLOSE * (CLEAR - gap) for gap in gaps if gap < CLEAR)


def leaving(way: Way, end: Point) -> int:
    """Return the direction in which a way leaves one of its ends."""
    return octant(way[0], way[1]) if way[0] == end else octant(way[-1], way[-2])


def ways_cross(one: Way, other: Way) -> bool:
    """Whether two ways meet anywhere."""
    if not bounds(one).meets(bounds(other)):
        return False
    return any(parts_cross(a, b, c, d) for a, b in pairwise(one) for c, d in pairwise(other))


def side_by_side(
    ways: Mapping[Link, Way], together: Sequence[Sequence[Link]]
) -> Iterator[list[Way]]:
    """Yield the ways of each line, moved sideways where others take the same link."""
    users: dict[Link, list[int]] = {link: [] for link in ways}
    for n, line in enumerate(together):
        for link in line:
            users[link].append(n)
    for n, line in enumerate(together):
        yield [_lane(ways[link], users[link].index(n), len(users[link])) for link in line]


def _lane(way: Way, lane: int, lanes: int) -> Way:
    """Move a way into its lane; lanes count from the same side wherever a way begins."""
    eastward = way if (way[0].x, way[0].y) <= (way[-1].x, way[-1].y) else way[::-1]
    by = (lane - (lanes - 1) / 2) * -GAUGE
    return shifted(eastward, by) if by else eastward


@dataclass
class Flights:
    """Dotted lines from places far away to stations that have room for them."""

    at: Mapping[str, Point]
    """Stations that lines run to, and the far places."""
    hubs: Collection[str]
    """Where one would change; others are taken if these are full."""
    towns: Sequence[str]
    unit: float
    ways: list[Way]
    """All that is drawn already."""
    names: Sequence[Box]
    """Room that names take."""
    flown: list[Way] = field(default_factory=list)

    def add(self, town: str) -> Way:
        """Return the way to a far place; dots of flights that leave together fall on each other."""
        choices = sorted(
            (self._length(hub, way), hub, way)
            for hub in self.towns
            for way in self._possible(town, hub)
        )
        best: tuple[float, Way] = (math.inf, ())
        for least, hub, way in choices:
            if least > best[0]:
                break
            best = min(best, (least + self._clutter(town, hub, way), way[::-1]))
        self.flown.append(best[1])
        return best[1]

    def _possible(self, town: str, hub: str) -> Iterator[Way]:
        start, end = self.at[town], self.at[hub]
        yield from corners(start, end, CHAMFER * self.unit)
        yield from connections(start, end)

    def _length(self, hub: str, way: Way) -> float:
        """Return what a way costs for itself: the least that it can cost."""
        length = sum(math.dist(a, b) for a, b in pairwise(way)) / self.unit
        small = 0.0 if hub in self.hubs else SMALL_TOWN
        return BEND * (len(way) - 2) + 0.3 * length + small

    def _clutter(self, town: str, hub: str, way: Way) -> float:
        """Return what it costs for all that it comes too near to."""
        end = self.at[hub]
        others = (at for other, at in self.at.items() if other not in (town, hub))
        ends = [other for other in self.ways if end in (other[0], other[-1])]
        sides = {leaving(other, end) for other in ends}
        crossed = sum(ways_cross(way, o) for o in (*self.ways, *self.flown) if end not in o)
        return (
            6.0 * crossed
            + closeness(way, others, self.unit)
            + 12.0
            * sum(part_touches_box(a, b, box) for box in self.names for a, b in pairwise(way))
            + 60.0 * (leaving(way, end) in sides)
            + 2.0 * max(0, len(sides) - 4) ** 2
        )
