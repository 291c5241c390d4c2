"""Which towns a line runs between: tidy branches through its towns, shared where possible.

The order of dates is not the order of the map. Lines prefer parts that other lines already use and
avoid crossing them, so that a few clear corridors carry all of them.
"""

import heapq
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from eventmgr.programme.network.geometry import (
    Point,
    distance,
    distance_to_part,
    parts_cross,
)

Link = tuple[str, str]
"""Two towns, in the order of their names."""

SHARED = 0.7
"""What a part that another line uses already costs, as a share of its length."""
CROSSING = 9.0
PASSING = 5.0
"""What it costs, in grid widths, to pass a town where the line does not stop."""
BRANCH = 4.0
LEAF = 14.0
"""What it costs to go on from a place at the edge of the map: lines end there."""
CLEARANCE = 2.2
PASSES = 2
"""Twice, so that the first line, too, can take parts that the others use."""


def skeleton(
    homes: Mapping[str, Point],
    lines: Iterable[Sequence[str]],
    leaves: Collection[str],
    unit: float,
) -> list[list[Link]]:
    """Return the links of each line, in the order of the lines given."""
    ground = _Ground(homes, leaves, unit)
    wanted = [[town for town in dict.fromkeys(line) if town in homes] for line in lines]
    order = sorted(range(len(wanted)), key=lambda n: (-len(wanted[n]), n))
    found: list[list[Link]] = [[] for _line in wanted]
    for _pass in range(PASSES):
        for n in order:
            used = {link for m, links in enumerate(found) if m != n for link in links}
            found[n] = ground.branches(wanted[n], used)
    return found


@dataclass
class _Ground:
    """Towns, and which of them may be linked: no third town is close to the link."""

    homes: Mapping[str, Point]
    leaves: Collection[str]
    unit: float
    neighbours: dict[str, list[str]] = field(init=False)

    def __post_init__(self) -> None:
        """Find the neighbours of each town."""
        self.neighbours = {town: [] for town in self.homes}
        for a, b in combinations(sorted(self.homes), 2):
            one, other = self.homes[a], self.homes[b]
            thirds = (at for town, at in self.homes.items() if town not in (a, b))
            gaps = (distance_to_part(third, one, other) for third in thirds)
            if all(gap >= CLEARANCE * self.unit for gap in gaps):
                self.neighbours[a].append(b)
                self.neighbours[b].append(a)

    def branches(self, towns: Sequence[str], used: Collection[Link]) -> list[Link]:
        """Grow a tree from an inland town to the nearest one that is missing, again and again."""
        if len(towns) < 2:
            return []
        links: list[Link] = []
        start = next((town for town in towns if town not in self.leaves), towns[0])
        missing = set(towns) - {start}
        grown = {start: 0}  # towns reached, with how many links they have
        while missing:
            way = self._nearest(grown, missing, {*used, *links})
            if way is None:
                break
            for a, b in pairwise(way):
                links.append(as_link(a, b))
                grown[a] = grown.get(a, 0) + 1
                grown[b] = grown.get(b, 0) + 1
            missing -= set(way)
        return links

    def _nearest(
        self, grown: Mapping[str, int], missing: Collection[str], used: Collection[Link]
    ) -> list[str] | None:
        """Return the cheapest way from the tree to a missing town (Dijkstra)."""
        queue: list[tuple[float, str, list[str]]] = [
            ((links > 1) * BRANCH + (links > 0 and town in self.leaves) * LEAF, town, [town])
            for town, links in sorted(grown.items())
        ]
        heapq.heapify(queue)
        done: set[str] = set()
        while queue:
            cost, town, way = heapq.heappop(queue)
            if town in done:
                continue
            done.add(town)
            if town in missing:
                return way
            passing = 0.0 if town in grown else LEAF if town in self.leaves else PASSING
            for other in self.neighbours[town]:
                if other not in done and other not in grown:
                    total = cost + passing + self._price(town, other, used)
                    heapq.heappush(queue, (total, other, [*way, other]))
        return None

    def _price(self, a: str, b: str, used: Collection[Link]) -> float:
        one, other = self.homes[a], self.homes[b]
        length = distance(one, other) / self.unit
        if as_link(a, b) in used:
            return length * SHARED
        apart = ((c, d) for c, d in used if not {a, b} & {c, d})
        crossed = sum(parts_cross(one, other, self.homes[c], self.homes[d]) for c, d in apart)
        return length + CROSSING * crossed


def as_link(a: str, b: str) -> Link:
    """Return two towns in the order of their names."""
    return (a, b) if a < b else (b, a)
