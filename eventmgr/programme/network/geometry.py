"""Plane geometry of the map: points, ways in steps of 45 degrees, boxes, distances."""

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

ROUNDING = 1e-6


class Point(NamedTuple):
    """A place in a drawing; y grows downwards."""

    x: float
    y: float


Way = tuple[Point, ...]
"""A line of straight parts."""


class Box(NamedTuple):
    """A rectangle along the axes."""

    left: float
    top: float
    right: float
    bottom: float

    def grown(self, by: float) -> "Box":
        """Return the box with a margin round it."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def overlaps(self, other: "Box") -> bool:
        """Whether the two share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: "Box") -> bool:
        """Whether the other lies within."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )

    def meets(self, other: "Box") -> bool:
        """Whether the two share anything, be it an edge."""
        return (
            self.left <= other.right
            and other.left <= self.right
            and self.top <= other.bottom
            and other.top <= self.bottom
        )

    def surrounds(self, point: Point) -> bool:
        """Whether a point lies within."""
        return self.left < point.x < self.right and self.top < point.y < self.bottom

    @property
    def corners(self) -> tuple[Point, Point, Point, Point]:
        """The four corners, clockwise."""
        return (
            Point(self.left, self.top),
            Point(self.right, self.top),
            Point(self.right, self.bottom),
            Point(self.left, self.bottom),
        )


def surrounding(boxes: Iterable[Box]) -> Box:
    """Return the smallest box round all of them."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


@lru_cache(maxsize=4_096)
def bounds(way: Way) -> Box:
    """Return the smallest box round a way."""
    xs, ys = [x for x, _y in way], [y for _x, y in way]
    return Box(min(xs), min(ys), max(xs), max(ys))


def distance(a: Point, b: Point) -> float:
    """Return how far apart two points are."""
    return math.hypot(a.x - b.x, a.y - b.y)


def distance_to_part(point: Point, a: Point, b: Point) -> float:
    """Return how far a point is from the straight part between two others."""
    px, py = point
    ax, ay = a
    dx, dy = b[0] - ax, b[1] - ay
    squared = dx * dx + dy * dy
    along = ((px - ax) * dx + (py - ay) * dy) / squared if squared else 0.0
    if along <= 0.0:
        return math.hypot(px - ax, py - ay)
    if along >= 1.0:
        return math.hypot(px - b[0], py - b[1])
    return abs((px - ax) * dy - (py - ay) * dx) / math.sqrt(squared)


def distance_to_way(point: Point, way: Way) -> float:
    """Return how far a point is from a way."""
    return min(distance_to_part(point, a, b) for a, b in pairwise(way))


def parts_cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether two straight parts meet, be it at an end."""
    if max(a.x, b.x) < min(c.x, d.x) or max(c.x, d.x) < min(a.x, b.x):
        return False
    if max(a.y, b.y) < min(c.y, d.y) or max(c.y, d.y) < min(a.y, b.y):
        return False
    return _side(a, b, c) * _side(a, b, d) <= 0 and _side(c, d, a) * _side(c, d, b) <= 0


def _side(a: Point, b: Point, c: Point) -> float:
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)


def part_touches_box(a: Point, b: Point, box: Box) -> bool:
    """Whether a straight part runs through a box."""
    (ax, ay), (bx, by), (left, top, right, bottom) = a, b, box
    if (ax <= left and bx <= left) or (ax >= right and bx >= right):
        return False
    if (ay <= top and by <= top) or (ay >= bottom and by >= bottom):
        return False
    sides = [_side(a, b, corner) for corner in box.corners]
    return min(sides) < 0 < max(sides)


def misalignment(a: Point, b: Point) -> float:
    """Return how far one of two points must move for a straight part of 0, 45 or 90 degrees."""
    dx, dy = abs(b.x - a.x), abs(b.y - a.y)
    return min(dx, dy, abs(dx - dy))


def octant(a: Point, b: Point) -> int:
    """Return the direction from one point to another as 0 (east) to 7, clockwise on paper."""
    return round(math.atan2(b.y - a.y, b.x - a.x) / (math.pi / 4)) % 8


def turn(first: int, second: int) -> int:
    """Return how many steps of 45 degrees lie between two directions, 0 to 4."""
    steps = abs(first - second) % 8
    return min(steps, 8 - steps)


def connections(a: Point, b: Point) -> Iterator[Way]:
    """Yield the ways in steps of 45 degrees from one point to another, the plainest first."""
    if misalignment(a, b) < ROUNDING:
        yield (a, b)
        return
    dx, dy = b.x - a.x, b.y - a.y
    diagonal = min(abs(dx), abs(dy))
    slant = Point(math.copysign(diagonal, dx), math.copysign(diagonal, dy))
    straight = Point(dx - slant.x, dy - slant.y)
    yield _cleaned(a, Point(a.x + slant.x, a.y + slant.y), b)
    yield _cleaned(a, Point(a.x + straight.x, a.y + straight.y), b)
    half = Point(straight.x / 2, straight.y / 2)
    bend = Point(a.x + half.x, a.y + half.y)
    yield _cleaned(a, bend, Point(bend.x + slant.x, bend.y + slant.y), b)
    half = Point(slant.x / 2, slant.y / 2)
    bend = Point(a.x + half.x, a.y + half.y)
    yield _cleaned(a, bend, Point(bend.x + straight.x, bend.y + straight.y), b)


def corners(a: Point, b: Point, chamfer: float) -> Iterator[Way]:
    """Yield the two right-angled ways with a slanted corner; they need room for it."""
    dx, dy = b.x - a.x, b.y - a.y
    if min(abs(dx), abs(dy)) <= chamfer:
        return
    cx, cy = math.copysign(chamfer, dx), math.copysign(chamfer, dy)
    yield (a, Point(b.x - cx, a.y), Point(b.x, a.y + cy), b)
    yield (a, Point(a.x, b.y - cy), Point(a.x + cx, b.y), b)


def _cleaned(*points: Point) -> Way:
    return tuple(p for i, p in enumerate(points) if i == 0 or p != points[i - 1])


def shifted(way: Way, by: float) -> Way:
    """Return the way moved sideways, to its left on paper, its corners staying sharp."""
    normals = [_normal(a, b) for a, b in pairwise(way)]
    ends = [normals[0], *(_corner(n, m) for n, m in pairwise(normals)), normals[-1]]
    return tuple(Point(p.x + by * n.x, p.y + by * n.y) for p, n in zip(way, ends, strict=True))


def _normal(a: Point, b: Point) -> Point:
    length = distance(a, b)
    return Point((b.y - a.y) / length, (a.x - b.x) / length)


def _corner(n: Point, m: Point) -> Point:
    """Return where the shifted parts meet, per unit of shift."""
    scale = 1 + n.x * m.x + n.y * m.y
    return Point((n.x + m.x) / scale, (n.y + m.y) / scale)


def path(ways: Iterable[Way]) -> str:
    """Return the ways as the `d` of an SVG path."""
    return "".join(f"M{' '.join(f'{_short(x)} {_short(y)}' for x, y in way)}" for way in ways)


def _short(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".") or "0"


def is_inside(point: Point, outline: Sequence[Point]) -> bool:
    """Whether a point lies within a closed outline."""
    inside = False
    for a, b in zip(outline, (*outline[1:], outline[0]), strict=True):
        if (a.y > point.y) != (b.y > point.y):
            x = a.x + (point.y - a.y) * (b.x - a.x) / (b.y - a.y)
            inside ^= point.x < x
    return inside
