"""The paper: the outline of Saxony, and where places at home and abroad go on it."""

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from eventmgr.programme.network.geometry import Point, is_inside

SOURCE = Path(__file__).parent.parent / "saxony.json"
"""Made by frontend/map/derive.mjs, with its source and licence."""
NEAR_KM = 1_500
"""Places abroad that are nearer are drawn with solid lines, others as a flight."""
EARTH_KM = 6_371
TINY = 1e-9
STACKED = 5
"""Grid widths between places that share a corner."""


@dataclass(frozen=True)
class Paper:
    """One drawing: its size, the land on it and places round the edge for what lies abroad."""

    name: str
    width: int
    height: int
    unit: int
    """Width of the grid that stations and corners lie on."""
    font: float
    outline: tuple[Point, ...]
    sides: tuple[int, int, int, int]
    west: float
    north: float
    left: float
    top: float
    x_per_degree: float
    y_per_degree: float

    def project(self, latitude: float, longitude: float) -> Point:
        """Return where a place would be if the map were drawn on and on."""
        return Point(
            self.left + (longitude - self.west) * self.x_per_degree,
            self.top + (self.north - latitude) * self.y_per_degree,
        )

    def snapped(self, point: Point) -> Point:
        """Return the nearest point of the grid."""
        return Point(round(point.x / self.unit) * self.unit, round(point.y / self.unit) * self.unit)

    @property
    def centre(self) -> Point:
        """The middle of the land."""
        xs, ys = [p.x for p in self.outline], [p.y for p in self.outline]
        return Point((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)

    def shows(self, latitude: float, longitude: float) -> bool:
        """Whether a place lies in Saxony, give or take the coarse steps of the outline."""
        point = self.project(latitude, longitude)
        steps = [(dx * self.unit, dy * self.unit) for dx in (-2, 0, 2) for dy in (-2, 0, 2)]
        return any(is_inside(Point(point.x + dx, point.y + dy), self.outline) for dx, dy in steps)

    @property
    def edge(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the frame on which places beyond Saxony lie."""
        left, top, right, bottom = self.sides
        corner = self.snapped(Point(self.width - right, self.height - bottom))
        start = self.snapped(Point(left, top))
        return start.x, start.y, corner.x, corner.y

    def along_edge(self, home: Point, reach: int) -> list[Point]:
        """Return the points of the frame near one of its points, those closest first."""
        left, top, right, bottom = self.edge
        steps = sorted(range(-reach, reach + 1), key=abs)
        if home.x in (left, right):
            spots = [Point(home.x, home.y + n * self.unit) for n in steps]
        else:
            spots = [Point(home.x + n * self.unit, home.y) for n in steps]
        return [p for p in spots if left <= p.x <= right and top <= p.y <= bottom]

    def around(self, home: Point, reach: int) -> Iterator[Point]:
        """Yield the points of the grid near a place, within the frame."""
        left, top, right, bottom = self.edge
        middle = self.snapped(home)
        for dx in range(-reach, reach + 1):
            for dy in range(-reach, reach + 1):
                x, y = middle.x + dx * self.unit, middle.y + dy * self.unit
                if left <= x <= right and top <= y <= bottom:
                    yield Point(x, y)


_UNITS = {"wide": 12, "tall": 9}
_FONTS = {"wide": 15.0, "tall": 14.0}
_SIDES = {"wide": (12, 24, 12, 32), "tall": (18, 45, 18, 36)}
"""How far stations at the edge lie from the left, the top, the right and the bottom."""


@lru_cache(maxsize=1)
def papers() -> tuple[Paper, ...]:
    """Return the wide drawing and the tall one for phones."""
    saxony = json.loads(SOURCE.read_text(encoding="utf-8"))
    return tuple(
        Paper(
            name=name,
            width=drawing["width"],
            height=drawing["height"],
            unit=_UNITS[name],
            font=_FONTS[name],
            outline=tuple(Point(x, y) for x, y in drawing["outline"]),
            sides=_SIDES[name],
            **drawing["projection"],
        )
        for name, drawing in saxony["drawings"].items()
    )


@lru_cache(maxsize=1)
def attribution() -> str:
    """Return whose data the outline comes from; must be shown beside the map."""
    words: str = json.loads(SOURCE.read_text(encoding="utf-8"))["attribution"]
    return words


def far_from_home(latitude: float, longitude: float) -> bool:
    """Whether one flies there."""
    return _kilometres(latitude, longitude) > NEAR_KM


_HOME = (51.05, 13.4)


def bearing(latitude: float, longitude: float) -> float:
    """Return the direction one sets out in from Saxony, in degrees from north, clockwise."""
    home, there = math.radians(_HOME[0]), math.radians(latitude)
    across = math.radians(longitude - _HOME[1])
    east = math.sin(across) * math.cos(there)
    north = math.cos(home) * math.sin(there) - math.sin(home) * math.cos(there) * math.cos(across)
    return math.degrees(math.atan2(east, north)) % 360


def _kilometres(latitude: float, longitude: float) -> float:
    home, there = math.radians(_HOME[0]), math.radians(latitude)
    across = math.radians(longitude - _HOME[1])
    cosine = math.sin(home) * math.sin(there)
    cosine += math.cos(home) * math.cos(there) * math.cos(across)
    return EARTH_KM * math.acos(max(-1.0, min(1.0, cosine)))


def edge_towards(paper: Paper, degrees: float) -> Point:
    """Return where the frame lies in that direction from the middle of the land."""
    left, top, right, bottom = paper.edge
    dx, dy = math.sin(math.radians(degrees)), -math.cos(math.radians(degrees))
    middle = paper.centre
    reach = [
        ((right if dx > 0 else left) - middle.x) / dx if abs(dx) > TINY else math.inf,
        ((bottom if dy > 0 else top) - middle.y) / dy if abs(dy) > TINY else math.inf,
    ]
    point = paper.snapped(Point(middle.x + min(reach) * dx, middle.y + min(reach) * dy))
    return Point(min(right, max(left, point.x)), min(bottom, max(top, point.y)))


def corner_towards(paper: Paper, degrees: float, taken: Sequence[Point]) -> Point:
    """Return the free place in a corner of the frame that lies closest to that direction."""
    left, top, right, bottom = paper.edge
    first, last = top + 2 * paper.unit, bottom
    rows = range(3)
    step = STACKED * paper.unit
    places = [
        (Point(x, first), Point(x, first + n * step)) for x in (left, right) for n in rows
    ] + [(Point(x, last), Point(x, last - n * step)) for x in (left, right) for n in rows]
    free = [
        (corner, place)
        for corner, place in places
        if all(math.dist(place, other) >= step for other in taken)
    ]

    def off(choice: tuple[Point, Point]) -> tuple[float, float]:
        corner, place = choice
        dx, dy = corner.x - paper.centre.x, corner.y - paper.centre.y
        apart = abs(math.degrees(math.atan2(dx, -dy)) - degrees) % 360
        return min(apart, 360 - apart), math.dist(corner, place)

    return min(free or places, key=off)[1]
