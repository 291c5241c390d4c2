"""Where stations lie: near their place on the map, apart, and in line where they can be."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from eventmgr.programme.network.geometry import (
    Point,
    distance,
    distance_to_part,
    misalignment,
    octant,
)
from eventmgr.programme.network.land import Paper
from eventmgr.programme.network.skeleton import Link

APART = 4.2
CLEAR = 2.4
"""Grid widths between a station and a line that does not stop there."""
REACH = 3
SLIDE = 9
SWEEPS = 8
AWAY, SLIDING, CROOKED, CROWDED, TOO_NEAR, SAME_SIDE = 0.9, 0.3, 6.0, 25.0, 12.0, 14.0


@dataclass
class Placing:
    """Stations on the grid, moved one by one to where the drawing as a whole looks best."""

    paper: Paper
    homes: Mapping[str, Point]
    links: Sequence[Link]
    fixed: frozenset[str]
    """Stations at the edge of the paper; they move along it."""
    apart: float = APART
    """Grid widths between two stations."""
    at: dict[str, Point] = field(init=False)

    def __post_init__(self) -> None:
        """Start with each station at its place."""
        self.at = {town: self.paper.snapped(home) for town, home in self.homes.items()}
        self._touching: dict[str, list[str]] = {town: [] for town in self.homes}
        for a, b in self.links:
            self._touching[a].append(b)
            self._touching[b].append(a)

    def settle(self) -> dict[str, Point]:
        """Move stations until none gets better by it."""
        order = sorted(self.homes, key=lambda town: (-len(self._touching[town]), town))
        for _sweep in range(SWEEPS):
            moved = [self._improve(town) for town in order]
            if not any(moved):
                break
        return self.at

    def _improve(self, town: str) -> bool:
        before = self.at[town]
        best, best_cost = before, self._cost(town, before, math.inf)
        spots = self._spots(town)
        for spot in spots:
            cost = self._cost(town, spot, best_cost)
            if cost < best_cost - 1e-9:
                best, best_cost = spot, cost
        self.at[town] = best
        return best != before

    def alternatives(self, town: str, number: int) -> Iterator["Placing"]:
        """Yield placings in which that station lies elsewhere, the best ones first."""
        here = self.at[town]
        spots = [spot for spot in self._spots(town) if spot != here]
        spots.sort(key=lambda spot: (self._cost(town, spot, math.inf), spot))
        for spot in spots[:number]:
            other = replace(self)
            other.at = {**self.at, town: spot}
            yield other

    def _spots(self, town: str) -> list[Point]:
        home = self.homes[town]
        if town not in self.fixed:
            spots = self.paper.around(home, REACH)
            return sorted(spots, key=lambda spot: distance(spot, home))
        return self.paper.along_edge(home, SLIDE)

    def _cost(self, town: str, spot: Point, limit: float) -> float:
        """Return how bad a spot is; the cheap questions first, given up beyond the limit."""
        unit = self.paper.unit
        cost = self._away(town, spot)
        for other in self._touching[town]:
            off = misalignment(spot, self.at[other]) / unit
            cost += CROOKED + 0.4 * off if off > 0.01 else 0.0
        if cost >= limit:
            return cost
        for further in (self._crowding, self._bundling, self._passing):
            cost += further(town, spot)
            if cost >= limit:
                break
        return cost

    def _away(self, town: str, spot: Point) -> float:
        off = distance(spot, self.homes[town]) / self.paper.unit
        return SLIDING * off if town in self.fixed else AWAY * off**2

    def _crowding(self, town: str, spot: Point) -> float:
        unit = self.paper.unit
        gaps = (distance(spot, at) / unit for other, at in self.at.items() if other != town)
        return sum(CROWDED * (self.apart - gap) ** 2 for gap in gaps if gap < self.apart)

    def _bundling(self, town: str, spot: Point) -> float:
        """Links that leave a station in the same direction run into each other."""
        before, self.at[town] = self.at[town], spot
        doubled = 0
        for middle in (town, *self._touching[town]):
            at = self.at[middle]
            ends = [self.at[end] for end in self._touching[middle]]
            sides = [octant(at, end) for end in ends if end != at]
            doubled += len(sides) - len(set(sides))
        self.at[town] = before
        return SAME_SIDE * doubled

    def _passing(self, town: str, spot: Point) -> float:
        """Lines keep away from stations where they do not stop."""
        clear, cost = CLEAR * self.paper.unit, 0.0
        for a, b in self.links:
            if town in (a, b):
                end = self.at[b if town == a else a]
                others = (at for other, at in self.at.items() if other not in (a, b))
                gaps = [distance_to_part(at, spot, end) for at in others]
            else:
                gaps = [distance_to_part(spot, self.at[a], self.at[b])]
            cost += sum(TOO_NEAR * (clear - gap) for gap in gaps if gap < clear)
        return cost / self.paper.unit
